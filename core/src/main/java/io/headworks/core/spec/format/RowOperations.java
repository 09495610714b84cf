package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Dedupe;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.EitherKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.MappedKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations that choose, reshape or join rows. */
final class RowOperations {
    private static final Kind<List<String>> COLUMNS = ListKind.oneOrMore(COLUMN);
    private static final Kind<Map<String, String>> EXPRESSIONS = MapKind.of("column", Expressions.EXPRESSION);

    private static final Key<List<String>> KEYS = Key.of("keys", COLUMNS, "The columns that make two rows the same.")
            .mandatory()
            .like("[order_id]");
    private static final Key<Dedupe.Keep> KEEP = Key.of(
                    "keep",
                    ChoiceKind.of(List.of(Dedupe.Keep.values())),
                    "Which row stays; refuse makes two rows an error.")
            .byDefault(Dedupe.Keep.LATEST, "latest");
    private static final Key<List<String>> BY =
            Key.of("by", COLUMNS, "What orders the rows of a key.").like("updated_at");
    private static final ObjectKind<Dedupe> DEDUPE =
            ObjectKind.of("dedupe", "One row per key.", List.of(KEYS, KEEP, BY), RowOperations::dedupe);

    private static final Key<List<String>> GROUP = Key.of(
                    "by", ListKind.anyNumber(COLUMN), "The columns that make a group; an empty list gives one row.")
            .mandatory()
            .like("[day]");
    private static final Key<Map<String, String>> TAKE = Key.of(
                    "take", EXPRESSIONS, "New columns and their aggregates.")
            .mandatory()
            .like("{orders: \"count(*)\"}");
    private static final ObjectKind<Operation.Rollup> ROLLUP = ObjectKind.of(
            "rollup",
            "One row per group.",
            List.of(GROUP, TAKE),
            values -> new Operation.Rollup(values.get(GROUP), values.get(TAKE)));

    private static final Key<List<String>> ROWS =
            Key.of("rows", COLUMNS, "The columns that make a row.").mandatory().like("[store]");
    private static final Key<String> PIVOTED = Key.of("column", COLUMN, "The column whose values become columns.")
            .mandatory()
            .like("month");
    private static final Key<Map<String, String>> CELLS = Key.of("values", EXPRESSIONS, "The aggregates in the cells.")
            .mandatory()
            .like("{revenue: \"sum(amount)\"}");
    private static final Key<List<String>> AMONG = Key.of(
                    "among",
                    ListKind.some(Scalars.TEXT),
                    "The values that become columns: a plan must know its columns. Any other value stops the run.")
            .mandatory()
            .like("[jan, feb]");
    private static final ObjectKind<Operation.Pivot> PIVOT = ObjectKind.of(
            "pivot",
            "Values of a column turned into columns.",
            List.of(ROWS, PIVOTED, CELLS, AMONG),
            values -> new Operation.Pivot(values.get(ROWS), values.get(PIVOTED), values.get(CELLS), values.get(AMONG)));

    private static final Key<List<String>> PARTITION = Key.of(
                    "partition", ListKind.anyNumber(COLUMN), "The columns that make a partition.")
            .byDefault(List.of(), "all rows");
    private static final Key<List<String>> ORDER = Key.of(
                    "order",
                    ListKind.anyNumber(COLUMN),
                    "What orders the rows of a partition; a column may be followed by desc.")
            .byDefault(List.of(), "none")
            .like("[placed_at]");
    private static final Key<Map<String, String>> WINDOWED = Key.of(
                    "take", EXPRESSIONS, "New columns and their window functions.")
            .mandatory()
            .like("{nth_order: \"row_number()\"}");
    private static final ObjectKind<Operation.Window> WINDOW = ObjectKind.of(
            "window",
            "Window functions over one partition and order.",
            List.of(PARTITION, ORDER, WINDOWED),
            values -> new Operation.Window(values.get(PARTITION), values.get(ORDER), values.get(WINDOWED)));

    private static final Key<String> AMOUNT =
            Key.of("column", COLUMN, "The amount.").mandatory();
    private static final Key<String> FROM =
            Key.of("from", COLUMN, "The column of currency codes.").mandatory();
    private static final Key<String> TO =
            Key.of("to", Scalars.TEXT, "The currency wanted.").mandatory().like("EUR");
    private static final Key<DatasetName> RATES = Key.of(
                    "rates", Names.DATASET_NAME, "A dataset with from_currency, to_currency, valid_from and rate.")
            .mandatory()
            .like("ref.fx_rates");
    private static final Key<String> AT = Key.of(
                    "at", COLUMN, "The time whose rate counts: the latest at or before it.")
            .mandatory();
    private static final Key<String> INTO =
            Key.of("into", COLUMN, "The column that takes the result.").mandatory();
    private static final ObjectKind<Operation.ConvertCurrency> CONVERT = ObjectKind.of(
            "convert_currency",
            "An amount in another currency.",
            List.of(AMOUNT, FROM, TO, RATES, AT, INTO),
            values -> new Operation.ConvertCurrency(
                    values.get(AMOUNT),
                    values.get(FROM),
                    values.get(TO),
                    values.get(RATES),
                    values.get(AT),
                    values.get(INTO)));

    private static final Key<DatasetName> TABLE = Key.of("table", Names.DATASET_NAME, "The dataset to look in.")
            .mandatory()
            .like("dim_customer");
    private static final Key<Map<String, String>> MATCH = Key.of(
                    "match", MapKind.of("column", COLUMN), "Own column to the other's; two matches are an error.")
            .mandatory()
            .like("{customer_id: customer_id}");
    private static final Key<Map<String, String>> TAKEN = Key.of(
                    "take",
                    EitherKind.of(MappedKind.of(COLUMNS, RowOperations::sameNames), MapKind.of("column", COLUMN)),
                    "Columns to take; as a map, new name to the other's column.")
            .mandatory()
            .like("[customer_sk]");
    private static final Key<String> AS_OF = Key.of(
                    "as_of",
                    COLUMN,
                    "On a table with history, and only there: the column with the time whose version counts, or now.")
            .like("placed_at");
    private static final Key<Lookup.Missing> MISSING = Key.of(
                    "missing",
                    ChoiceKind.of(List.of(Lookup.Missing.values())),
                    "What becomes of a row without a match: keep gives NULL, unknown gives -1 in integers, infer adds a"
                            + " member to a table with history.")
            .byDefault(Lookup.Missing.REJECT, "reject");
    private static final Key<Duration> REKEY = Key.of(
                    "rekey",
                    Scalars.DURATION_OF_TIME,
                    "With as_of: how far back rows that are loaded are corrected when a later load of the table with"
                            + " history changes their version.")
            .like("90d");
    private static final ObjectKind<Lookup> LOOKUP = ObjectKind.of(
            "lookup",
            "Columns taken from another dataset.",
            List.of(TABLE, MATCH, TAKEN, MISSING, AS_OF, REKEY),
            values -> new Lookup(
                    values.get(TABLE),
                    values.get(MATCH),
                    values.find(AS_OF),
                    values.get(TAKEN),
                    values.get(MISSING),
                    values.find(REKEY)));

    private static final Key<SqlBody> FILE = Key.of(
                    "file", SqlBodyKind.SELECT, "A SELECT in a file; {{ input }} is what came before.")
            .mandatory()
            .like("sql/shape_orders.sql");
    private static final Key<String> DIALECT = Key.of(
                    "dialect",
                    ChoiceKind.of(Map.of("duckdb", "duckdb")).later("spark", "the Spark engine"),
                    "Whose SQL it is.")
            .byDefault("duckdb", "duckdb");
    private static final ObjectKind<Operation.Sql> SQL = ObjectKind.of(
                    "sql",
                    "A SELECT of your own.",
                    List.of(FILE, DIALECT),
                    values -> new Operation.Sql(
                            values.get(FILE).file(), values.get(FILE).text(), values.get(DIALECT)))
            .shortFor(FILE);

    static final List<Key<? extends Operation>> ALL = List.of(
            ColumnOperations.operation(
                    "dedupe", DEDUPE, "Keeps one row per key.", "{keys: [order_id], keep: latest, by: updated_at}"),
            ColumnOperations.operation(
                    "filter",
                    MappedKind.of(Expressions.CONDITION, Operation.Filter::new),
                    "Keeps the rows for which a condition is true.",
                    "\"amount is not null\""),
            ColumnOperations.operation(
                    "rollup",
                    ROLLUP,
                    "One row per group, with aggregates.",
                    "{by: [day], take: {orders: \"count(*)\"}}"),
            ColumnOperations.operation(
                    "pivot",
                    PIVOT,
                    "Turns values into columns.",
                    "{rows: [store], column: month, values: {revenue: \"sum(amount)\"}, among: [jan, feb]}"),
            ColumnOperations.operation(
                    "window",
                    WINDOW,
                    "New columns from window functions.",
                    "{partition: [customer_id], order: [placed_at], take: {nth_order: \"row_number()\"}}"),
            ColumnOperations.operation(
                    "unnest", MappedKind.of(COLUMN, Operation.Unnest::new), "One row per element of a list.", "items"),
            ColumnOperations.operation(
                    "convert_currency",
                    CONVERT,
                    "Converts an amount.",
                    "{column: amount, from: currency, to: EUR, rates: ref.fx_rates, at: placed_at, into: amount_eur}"),
            ColumnOperations.operation(
                    "lookup",
                    LOOKUP,
                    "Takes columns from another dataset.",
                    "{table: dim_customer, match: {customer_id: customer_id}, take: [customer_sk]}"),
            ColumnOperations.operation("sql", SQL, "A SELECT of your own.", "sql/shape_orders.sql"));

    private RowOperations() {}

    private static @Nullable Dedupe dedupe(Values values) {
        List<String> by = values.has(BY) ? values.get(BY) : List.of();
        if (by.isEmpty() && values.get(KEEP) != Dedupe.Keep.REFUSE) {
            values.refuse(
                    KEEP,
                    "missing-key",
                    "it needs 'by', what orders the rows of a key",
                    "add by: updated_at, or write keep: refuse");
            return null;
        }
        return new Dedupe(values.get(KEYS), values.get(KEEP), by);
    }

    private static Map<String, String> sameNames(List<String> columns) {
        Map<String, String> names = new LinkedHashMap<>();
        columns.forEach(column -> names.put(column, column));
        return names;
    }
}
