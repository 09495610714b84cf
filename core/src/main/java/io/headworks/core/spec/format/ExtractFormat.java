package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;

import io.headworks.api.dataset.TableName;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.FileReading;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.CronExpression;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.ExtractSpec.Incremental;
import io.headworks.core.spec.ExtractSpec.Lookback;
import io.headworks.core.spec.ExtractSpec.NullKeys;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import io.headworks.core.spec.TableChoice;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.EitherKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.MappedKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pipeline reads. */
final class ExtractFormat {
    private static final Key<String> CONNECTION = Key.of(
                    "connection", Names.SOURCE, "Where to read. Default: source_system, when that names a connection.")
            .like("shop_db");
    private static final Key<String> SOURCE_SYSTEM = Key.of(
                    "source_system", Scalars.TEXT, "A label for lineage; stands in for a missing connection.")
            .like("shop");
    private static final Key<TableName> TABLE =
            Key.of("table", Names.TABLE_NAME, "The table to read.").like("public.orders");
    private static final Key<SqlBody> QUERY = Key.of(
                    "query", SqlBodyKind.FOREIGN_QUERY, "A SELECT in the source's dialect, instead of a table.")
            .like("sql/orders.sql");
    private static final Key<String> PATH = Key.of(
                    "path", Scalars.PATH, "Files below the connection's folder, with *, **, ? and {column}.")
            .like("\"orders/*.csv\"");
    private static final Key<TableChoice> TABLES = Key.of(
                    "tables",
                    TablesFormat.KIND,
                    "Many tables, each a pipeline of its own, instead of one; `${table}` and `${schema}` are their names.")
            .like("{include: [\"public.*\"], exclude: [\"public.tmp_*\"]}");
    private static final Key<List<ColumnChoice>> COLUMNS = Key.of(
                    "columns", columnChoices(), "Columns to read, or columns with their types.")
            .byDefault(List.of(), "all")
            .like("[order_id, amount]");
    private static final Key<String> WHERE = Key.of(
                    "where", Expressions.FOREIGN_CONDITION, "A condition in the source's dialect, pushed down.")
            .like("\"status <> 'draft'\"");
    private static final Key<String> STRATEGY = Key.of(
                    "strategy",
                    strategies(),
                    "full reads everything, incremental what is new since the position in the target.")
            .byDefault("full", "full");
    private static final Key<String> INCREMENTAL_KEY = Key.of(
                    "incremental_key",
                    new IncrementalKeyKind(),
                    "The column that grows; of a list, with tables, the first that a table has. Without it new files are found by"
                            + " themselves.")
            .like("updated_at");
    private static final Key<Lookback> LOOKBACK = Key.of(
                    "lookback",
                    lookback(),
                    "How far before the position to read again: a duration for time keys, a number for numeric keys.")
            .like("2h");
    private static final Key<Duration> SETTLE = Key.of(
                    "settle", Scalars.DURATION_OF_TIME, "How long before the source's present the upper bound stays.")
            .byDefault(Duration.ZERO, "0s");
    private static final Key<NullKeys> NULL_KEYS = Key.of(
                    "null_keys", ChoiceKind.of(List.of(NullKeys.values())), "Rows whose incremental key is NULL.")
            .byDefault(NullKeys.REFUSE, "refuse");
    private static final Key<SliceSpec> SLICE = Key.of(
                    "slice", SliceFormat.KIND, "How history is cut, for runs with --from and --to.")
            .like("{by: placed_at, every: 1d}");
    private static final Key<String> DELETES_WHEN = Key.of(
                    "when",
                    Expressions.FOREIGN_CONDITION,
                    "A condition over the extracted columns that marks a row as deleted, in the engine's dialect.")
            .like("\"is_deleted\"");
    private static final Key<CronExpression> DELETES_SCAN = Key.of(
                    "scan",
                    Cron.TIMES,
                    "When to compare all keys of the source with the table's, in UTC: the first run after such a time"
                            + " deletes what the source has no more.")
            .like("\"0 4 * * 0\"");
    private static final Key<DeletesSpec> DELETES = Key.of(
                    "deletes",
                    ObjectKind.of(
                            "source deletes",
                            "How deleted rows are found: by a mark, by comparing keys, or both.",
                            List.of(DELETES_WHEN, DELETES_SCAN),
                            ExtractFormat::deletes),
                    "How deleted rows are found.")
            .like("{when: \"is_deleted\"}");
    private static final Key<Boolean> ALLOW_EMPTY = Key.of(
                    "allow_empty", Scalars.BOOLEAN, "Whether no rows at all are fine.")
            .byDefault(false, "false");
    private static final Key<FileReading> FILES =
            Key.of("files", FileReadingFormat.KIND, "How files are read.").like("{format: csv}");

    static final ObjectKind<ExtractSpec> KIND = ObjectKind.of(
                    "extract",
                    "What a pipeline reads.",
                    List.of(
                            CONNECTION,
                            SOURCE_SYSTEM,
                            TABLE,
                            QUERY,
                            PATH,
                            TABLES,
                            COLUMNS,
                            WHERE,
                            STRATEGY,
                            INCREMENTAL_KEY,
                            LOOKBACK,
                            SETTLE,
                            NULL_KEYS,
                            SLICE,
                            DELETES,
                            ALLOW_EMPTY,
                            FILES,
                            Key.later("url", "reading from HTTP"),
                            Key.later("records", "reading from HTTP"),
                            Key.later("pages", "reading from HTTP"),
                            Key.later("params", "reading from HTTP"),
                            Key.later("rate", "reading from HTTP"),
                            Key.later("slot", "change data capture")),
                    ExtractFormat::bind)
            .removed("watermark_storage", "positions are kept in the target's ledger: remove it");

    private record DeletesSpec(
            @Nullable String when, @Nullable CronExpression scan) {
        static final DeletesSpec NONE = new DeletesSpec(null, null);
    }

    private ExtractFormat() {}

    private static @Nullable DeletesSpec deletes(Values values) {
        if (!values.has(DELETES_WHEN) && !values.has(DELETES_SCAN)) {
            values.in()
                    .refuse(
                            values.node(),
                            "missing-key",
                            "it does not say how deleted rows are found (allowed: when, scan)",
                            null);
            return null;
        }
        return new DeletesSpec(values.find(DELETES_WHEN), values.find(DELETES_SCAN));
    }

    private static @Nullable ExtractSpec bind(Values values) {
        String connection = connection(values);
        Reading reading = reading(values);
        boolean whole = incrementalIsWhole(values);
        boolean read = filesAreRead(values);
        DeletesSpec deletes = values.has(DELETES) ? values.find(DELETES) : DeletesSpec.NONE;
        if (connection == null
                || reading == null
                || !whole
                || !read
                || deletes == null
                || !isScanned(values, deletes)) {
            return null;
        }
        FileReading files =
                reading instanceof Reading.Files ? values.has(FILES) ? values.find(FILES) : FileReading.DEFAULT : null;
        Incremental incremental = values.get(STRATEGY).equals("incremental")
                ? new Incremental(
                        values.find(INCREMENTAL_KEY), values.find(LOOKBACK), values.get(SETTLE), values.get(NULL_KEYS))
                : null;
        return new ExtractSpec(
                connection,
                values.find(SOURCE_SYSTEM),
                new Extract(reading, values.get(COLUMNS), values.find(WHERE), deletes.when(), files),
                incremental,
                values.find(SLICE),
                deletes.scan(),
                values.get(ALLOW_EMPTY));
    }

    private static @Nullable String connection(Values values) {
        String given = values.find(CONNECTION);
        String system = values.find(SOURCE_SYSTEM);
        if (given != null) {
            return given;
        }
        if (system != null && values.in().known().sources().contains(system)) {
            return system;
        }
        values.in()
                .refuse(
                        values.node(),
                        "missing-key",
                        "key 'connection' is missing",
                        "add connection: one of "
                                + String.join(", ", values.in().known().sources()));
        return null;
    }

    private static @Nullable Reading reading(Values values) {
        List<Key<?>> given =
                Stream.<Key<?>>of(TABLE, QUERY, PATH).filter(values::has).toList();
        if (given.size() > 1) {
            values.refuse(
                    given.get(1),
                    "conflicting-keys",
                    "it excludes " + given.get(0).name() + " (allowed: one of table, query, path)",
                    null);
            return null;
        }
        TableName table = values.find(TABLE);
        SqlBody query = values.find(QUERY);
        String path = values.find(PATH);
        if (table != null) {
            return new Reading.Table(table);
        } else if (query != null) {
            return new Reading.Query(query.text());
        } else if (path != null) {
            return new Reading.Files(path);
        }
        values.in()
                .refuse(
                        values.node(),
                        "missing-key",
                        "it does not say what to read (allowed: one of table, query, path)",
                        null);
        return null;
    }

    private static boolean filesAreRead(Values values) {
        if (values.has(FILES) && !values.has(PATH)) {
            values.refuse(FILES, "conflicting-keys", "it needs path", null);
            return false;
        }
        return true;
    }

    /** Elsewhere absence is found anyway, or by the file. */
    private static boolean isScanned(Values values, DeletesSpec deletes) {
        if (deletes.scan() == null || values.get(STRATEGY).equals("incremental") && !values.has(PATH)) {
            return true;
        }
        values.refuse(
                DELETES,
                "conflicting-keys",
                values.has(PATH)
                        ? "scan compares the keys of a database; for files there is files.vanished"
                        : "scan has no effect with strategy full, which finds deleted rows in every run",
                values.has(PATH) ? "write files: {vanished: delete}" : "take scan out");
        return false;
    }

    private static boolean incrementalIsWhole(Values values) {
        boolean incremental = values.get(STRATEGY).equals("incremental");
        boolean keyed = values.has(INCREMENTAL_KEY);
        if (incremental && !keyed && !values.has(PATH)) {
            values.refuse(
                    STRATEGY,
                    "missing-key",
                    "incremental needs incremental_key where there are no files",
                    "add incremental_key: updated_at");
            return false;
        }
        boolean valid = true;
        for (Key<?> key : List.of(INCREMENTAL_KEY, LOOKBACK, SETTLE, NULL_KEYS)) {
            if (values.has(key) && !incremental) {
                values.refuse(
                        key, "conflicting-keys", "it has no effect with strategy full", "write strategy: incremental");
                valid = false;
            } else if (values.has(key) && !keyed) {
                values.refuse(key, "conflicting-keys", "it has no effect without incremental_key", null);
                valid = false;
            }
        }
        return valid;
    }

    private static Kind<List<ColumnChoice>> columnChoices() {
        Kind<List<ColumnChoice>> names = MappedKind.of(
                ListKind.some(COLUMN),
                list -> list.stream().map(name -> new ColumnChoice(name, null)).toList());
        Kind<List<ColumnChoice>> types = MappedKind.of(MapKind.of("column", Scalars.TYPE), ExtractFormat::typed);
        return EitherKind.of(names, types);
    }

    private static List<ColumnChoice> typed(Map<String, DataType> types) {
        List<ColumnChoice> columns = new ArrayList<>();
        types.forEach((name, type) -> columns.add(new ColumnChoice(name, type)));
        return columns;
    }

    private static Kind<String> strategies() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("full", "full");
        words.put("incremental", "incremental");
        return ChoiceKind.of(words).later("cdc", "change data capture").synonym("log-based", "cdc");
    }

    private static Kind<Lookback> lookback() {
        return ScalarKind.<Lookback>of(
                        "look-back", "a duration as 2h, or a number as 1000", Form.TEXT, ExtractFormat::readLookback)
                .matching("\\d{1,9}(s|m|h|d|w)|\\d{1,18}(\\.\\d{1,18})?");
    }

    private static @Nullable Lookback readLookback(String text) {
        if (text.matches("\\d{1,18}(\\.\\d{1,18})?")) {
            return new Lookback.OfNumber(new BigDecimal(text));
        }
        Duration duration = Scalars.duration(text);
        return duration == null ? null : new Lookback.OfTime(duration);
    }
}
