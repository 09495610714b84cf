package io.headworks.core.spec.format;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.Expectation;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.Fixture.Cell;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.LoadTest.ExpectedReject;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.yaml.Node;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tests of pipelines. */
public final class TestsFormat {
    private static final ScalarKind<Instant> INSTANT = ScalarKind.of(
            "time",
            "a date, or a time with its zone, as 2026-03-01T00:00:00Z",
            ScalarKind.Form.TEXT,
            TestsFormat::time);

    private static final Key<List<String>> COLUMNS = Key.of(
                    "columns",
                    ListKind.oneOrMore(Scalars.COLUMN),
                    "The columns that are compared; the table may have others.")
            .byDefault(List.of(), "the columns of the rows");
    private static final Key<List<String>> KEY = Key.of(
                    "key", ListKind.oneOrMore(Scalars.COLUMN), "Pairs rows in the report of differences.")
            .byDefault(List.of(), "merge_keys of the load");
    private static final Key<Expectation.Match> MATCH = Key.of(
                    "match",
                    ChoiceKind.of(List.of(Expectation.Match.values())),
                    "exact: these rows and no others; subset: these rows, maybe others; ordered: exact, and in the table's order.")
            .byDefault(Expectation.Match.EXACT, "exact");
    private static final Key<Fixture> ROWS = Key.of(
                    "rows", FixtureKind.ROWS, "The rows: a list, a CSV file, or a SELECT.")
            .mandatory()
            .like("[{order_id: 1, amount: 12.50}]");

    private static final ObjectKind<Expectation> EXPECTATION = ObjectKind.of(
                    "test expectation",
                    "What a table holds after the last batch.",
                    List.of(ROWS, MATCH, COLUMNS, KEY),
                    values -> new Expectation(
                            values.get(MATCH),
                            values.get(COLUMNS),
                            values.get(KEY),
                            values.get(ROWS),
                            values.where(ROWS).place()))
            .shortFor(ROWS);

    private static final Key<Fixture> SOURCE = Key.of(
                    "source", FixtureKind.ROWS, "The rows that the extract gives: a list, a CSV file, or a SELECT.")
            .mandatory()
            .like("[{order_id: 1, amount: 12.50}]");
    private static final Key<Instant> BATCH_NOW = Key.of("now", INSTANT, "The time of this run and of those after it.");
    private static final ObjectKind<Draft> BATCH = ObjectKind.of(
                    "test batch",
                    "What one run reads. Any other key is a dataset that the pipeline reads beside its source, with the rows it has from this run on.",
                    List.of(SOURCE, BATCH_NOW),
                    values -> new Draft(values.get(SOURCE), values.rest(FixtureKind.ROWS), values.find(BATCH_NOW)))
            .others(FixtureKind.ROWS);

    private static final Key<String> STAGE =
            Key.of("stage", Scalars.TEXT, "Where it was rejected: extract, gate, or a stage's name.");
    private static final Key<String> CODE = Key.of("code", Scalars.TEXT, "The code of the reason.");
    private static final Key<String> RULE = Key.of("rule", Scalars.TEXT, "The check or operation.");
    private static final Key<String> COLUMN = Key.of("column", Scalars.TEXT, "The column that does not fit.");
    private static final Key<String> REASON = Key.of("reason", Scalars.TEXT, "Part of the sentence.");
    private static final Key<Map<String, Cell>> ROW = Key.of(
                    "row", MapKind.of("column", CellKind.VALUE), "Some values of the extracted row.")
            .byDefault(Map.of(), "any row");
    private static final ObjectKind<ExpectedReject> REJECT = ObjectKind.of(
                    "test reject",
                    "A row that goes to the dead letter, as far as it is stated.",
                    List.of(STAGE, CODE, RULE, COLUMN, REASON, ROW),
                    values -> new ExpectedReject(
                            values.find(STAGE),
                            values.find(CODE),
                            values.find(RULE),
                            values.find(COLUMN),
                            values.find(REASON),
                            values.get(ROW)))
            .shortFor(REASON);

    private static final Key<String> NAME = Key.of("name", Scalars.TEXT, "What is tested; each test has its own name.")
            .mandatory()
            .like("a late row changes nothing");
    private static final Key<String> PIPELINE = Key.of("pipeline", Scalars.TEXT, "The pipeline that is tested.")
            .mandatory()
            .like("orders");
    private static final Key<Instant> NOW = Key.of(
            "now",
            INSTANT,
            "The time of the runs: {{ now }}, audit columns, the source's clock (default: the real time).");
    private static final Key<Map<String, String>> VARIABLES = Key.of(
                    "variables", MapKind.of("variable", Scalars.TEXT), "Values of variables, as with --var.")
            .byDefault(Map.of(), "the project's");
    private static final Key<Map<String, DataType>> TYPES = Key.of(
                    "types", MapKind.of("column", Scalars.TYPE), "Types of columns, where the values do not show them.")
            .byDefault(Map.of(), "extract.columns, else what the values look like");
    private static final Key<List<String>> PRIMARY_KEY = Key.of(
                    "primary_key", ListKind.oneOrMore(Scalars.COLUMN), "What the source says its key is.")
            .byDefault(List.of(), "none");
    private static final Key<Map<String, Fixture>> BEFORE = Key.of(
                    "before", MapKind.of("dataset", FixtureKind.ROWS), "Rows that tables have before the first batch.")
            .byDefault(Map.of(), "no tables");
    private static final Key<List<Draft>> BATCHES = Key.of(
                    "batches", ListKind.some(BATCH), "What the source gives, a run for each.")
            .byDefault(List.of(), "none, with performance")
            .like("[{source: [{order_id: 1}]}]");
    private static final Key<Map<String, Expectation>> AFTER = Key.of(
                    "after", MapKind.of("dataset", EXPECTATION), "What tables hold after the last batch.")
            .byDefault(Map.of(), "not looked at");
    private static final Key<List<ExpectedReject>> REJECTED = Key.of(
                    "rejected", ListKind.of(REJECT), "Every row that goes to the dead letter.")
            .byDefault(List.of(), "none may");
    private static final Key<String> ERROR =
            Key.of("error", Scalars.TEXT, "Part of the sentence with which the last batch fails.");

    private static final Key<BigDecimal> TIMES = Key.of(
                    "times",
                    ScalarKind.of("number", "a number above 1, as 1.5", ScalarKind.Form.TEXT, TestsFormat::factor),
                    "How many times the median of earlier runs the newest one may take.")
            .byDefault(BigDecimal.valueOf(2), "2");
    private static final Key<Integer> RUNS = Key.of(
                    "runs",
                    Scalars.wholeNumber(LoadTest.Performance.FEWEST_RUNS, 500),
                    "How many earlier runs at most.")
            .byDefault(20, "20");
    private static final Key<Duration> IGNORE_BELOW = Key.of(
                    "ignore_below", Scalars.DURATION_OF_TIME, "A run as short as this is never too slow.")
            .byDefault(Duration.ofSeconds(5), "5s");
    private static final Key<LoadTest.Performance> PERFORMANCE = Key.of(
            "performance",
            ObjectKind.of(
                    "test performance",
                    "A bound on the time of the pipeline's newest run, by its own history.",
                    List.of(TIMES, RUNS, IGNORE_BELOW),
                    values -> new LoadTest.Performance(values.get(TIMES), values.get(RUNS), values.get(IGNORE_BELOW))),
            "In place of batches: the newest run that loaded new data took no longer than usual.");

    private static final ObjectKind<TestDraft> TEST = ObjectKind.of(
            "test",
            "State before, batches, state after.",
            List.of(
                    NAME,
                    PIPELINE,
                    NOW,
                    VARIABLES,
                    TYPES,
                    PRIMARY_KEY,
                    BEFORE,
                    BATCHES,
                    AFTER,
                    REJECTED,
                    ERROR,
                    PERFORMANCE),
            TestsFormat::bind);

    public static final ListKind<TestDraft> KIND = ListKind.some(TEST);

    private TestsFormat() {}

    /** A batch before its datasets are found. */
    public record Draft(
            Fixture source,
            Map<String, Fixture> inputs,
            @Nullable Instant now) {}

    /** A test before its pipeline and datasets are found. */
    public record TestDraft(LoadTest test, Node.Mapping node, List<Draft> batches) {}

    private static @Nullable TestDraft bind(Values values) {
        if (!isEither(values)) {
            return null;
        }
        boolean expects = values.has(PERFORMANCE)
                || values.has(AFTER) && !values.get(AFTER).isEmpty();
        if (!expects && !values.has(REJECTED) && !values.has(ERROR)) {
            values.in()
                    .refuse(
                            values.node(),
                            "no-expectation",
                            "it expects nothing, so that it could never fail (allowed: after, rejected, error)",
                            "add after: {<table>: [<rows>]}");
            return null;
        }
        LoadTest test = new LoadTest(
                values.node().place(),
                values.get(NAME),
                values.get(PIPELINE),
                values.find(NOW),
                values.get(VARIABLES),
                values.get(TYPES),
                values.get(PRIMARY_KEY),
                named(values.get(BEFORE)),
                List.of(),
                named(values.get(AFTER)),
                values.get(REJECTED),
                values.find(ERROR),
                values.find(PERFORMANCE));
        return new TestDraft(test, values.node(), values.get(BATCHES));
    }

    /** Made of batches, or a look at real runs. */
    private static boolean isEither(Values values) {
        List<String> ofBatches = Stream.of(NOW, VARIABLES, TYPES, PRIMARY_KEY, BEFORE, BATCHES, AFTER, REJECTED, ERROR)
                .filter(values::has)
                .map(Key::name)
                .toList();
        if (values.has(PERFORMANCE) && !ofBatches.isEmpty()) {
            values.in()
                    .refuse(
                            values.node(),
                            "performance-and-batches",
                            "performance judges real runs, and takes nothing else (it has "
                                    + String.join(", ", ofBatches) + ")",
                            "write two tests");
            return false;
        } else if (!values.has(PERFORMANCE) && !values.has(BATCHES)) {
            values.in()
                    .refuse(
                            values.node(),
                            "missing-key",
                            "it has neither batches nor performance",
                            "add batches: [{source: [<rows>]}]");
            return false;
        }
        return true;
    }

    private static @Nullable BigDecimal factor(String text) {
        try {
            BigDecimal factor = new BigDecimal(text);
            return factor.compareTo(BigDecimal.ONE) > 0 ? factor : null;
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    private static <T> Map<DatasetName, T> named(Map<String, T> written) {
        Map<DatasetName, T> named = new LinkedHashMap<>();
        written.forEach((name, value) -> named.put(DatasetName.parse(name), value));
        return named;
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
