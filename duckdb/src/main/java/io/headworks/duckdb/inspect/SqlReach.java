package io.headworks.duckdb.inspect;

import io.headworks.api.engine.SqlInspector.Input;
import io.headworks.api.engine.SqlInspector.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the rows of a statement depend on: the tables it names, and what it reads past them. */
public final class SqlReach {
    /** Functions that reach past datasets: into files, the catalogue, or values that are kept from statements. */
    private static final Pattern BEYOND = Pattern.compile(
            "read_.*|parquet_.*|.*_scan|scan_.*|glob|sniff_csv|query"
                    + "|query_table|getvariable|getenv|duckdb_.*|pragma_.*|which_secret|current_setting|nextval|setval|currval");

    /** Functions whose answer is not decided by their arguments, as the engine's catalogue marks them. */
    static final Set<String> CHANGING = Set.of(
            "current_connection_id",
            "current_database",
            "current_date",
            "current_localtime",
            "current_localtimestamp",
            "current_query",
            "current_query_id",
            "current_schema",
            "current_schemas",
            "current_time",
            "current_timestamp",
            "current_transaction_id",
            "gen_random_uuid",
            "get_current_time",
            "get_current_timestamp",
            "in_search_path",
            "localtime",
            "localtimestamp",
            "now",
            "random",
            "setseed",
            "sleep_ms",
            "stats",
            "today",
            "transaction_timestamp",
            "txid_current",
            "uuid",
            "uuidv4",
            "uuidv7",
            "vector_type",
            "write_log");

    /** Those of them that are written without brackets, and so are read as columns. */
    private static final Set<String> BARE =
            Set.of("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");

    private SqlReach() {}

    /** True for a function that a user's SELECT over datasets may not call. */
    public static boolean isBeyond(String function) {
        return BEYOND.matcher(function).matches();
    }

    /** True for a function of the time of day that is written as a column is. */
    public static boolean isBareFunction(String name) {
        return BARE.contains(name.toLowerCase(Locale.ROOT));
    }

    static Reach of(TreeWalk walk) {
        List<Input> inputs = walk.tables().stream()
                .map(table -> new Input(table.written(), DatasetSql.alias(table)))
                .toList();
        List<String> beyond =
                walk.functions().stream().filter(SqlReach::isBeyond).toList();
        List<String> changing = new ArrayList<>(
                walk.functions().stream().filter(CHANGING::contains).toList());
        walk.columns().stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .filter(BARE::contains)
                .forEach(changing::add);
        if (walk.samples()) {
            changing.add("a sample");
        }
        return new Reach(inputs, beyond, changing);
    }
}
