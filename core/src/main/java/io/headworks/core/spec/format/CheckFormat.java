package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.TEXT;
import static io.headworks.core.spec.format.CheckKeys.COLUMNS;
import static io.headworks.core.spec.format.CheckKeys.COLUMN_KEY;
import static io.headworks.core.spec.format.CheckKeys.check;
import static io.headworks.core.spec.format.CheckKeys.either;
import static io.headworks.core.spec.format.CheckKeys.ordered;
import static io.headworks.core.spec.format.CheckKeys.unbounded;

import io.headworks.api.check.JsonShape;
import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.descriptor.VariantKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The vocabulary of checks, the same in gates and check files. */
final class CheckFormat {
    private static final Key<String> MIN =
            Key.of("min", TEXT, "The smallest value allowed.").like("0");
    private static final Key<String> MAX =
            Key.of("max", TEXT, "The largest value allowed.").like("1000000");
    private static final Key<String> MIN_EXCLUSIVE =
            Key.of("min_exclusive", TEXT, "A value that all are above.").like("0");
    private static final Key<String> MAX_EXCLUSIVE =
            Key.of("max_exclusive", TEXT, "A value that all are below.").like("100");
    private static final Key<List<String>> ACCEPTED = Key.of("values", ListKind.some(TEXT), "The values allowed.")
            .mandatory()
            .like("[pending, paid]");
    private static final Key<List<String>> MATCHES = Key.of(
                    "matches",
                    ListKind.oneOrMore(TEXT),
                    "A regular expression that the whole value matches; of several any one.")
            .accepting("pattern", "regex")
            .like("\"[A-Z]{3}\"");
    private static final Key<List<String>> NOT_MATCHES = Key.of(
                    "not_matches",
                    ListKind.oneOrMore(TEXT),
                    "A regular expression that the whole value does not match; of several none.")
            .like("\".*test.*\"");
    private static final Key<DataType> AS =
            Key.of("as", Scalars.TYPE, "The type.").mandatory().like("date");
    private static final Key<String> DATE_FORMAT = Key.of(
                    "format", TEXT, "How a date or timestamp is written, as strptime takes it. Default: ISO 8601.")
            .like("\"%d/%m/%Y\"");
    private static final Key<JsonShape> JSON =
            Key.of("schema", new JsonShapeKind(), "A JSON Schema.").mandatory().like("{type: object, required: [id]}");
    private static final Key<Long> SHORTEST =
            Key.of("min", Scalars.COUNT, "The fewest characters allowed.").like("3");
    private static final Key<Long> LONGEST =
            Key.of("max", Scalars.COUNT, "The most characters allowed.").like("3");
    private static final Key<DataType> IS =
            Key.of("is", Scalars.TYPE, "The type.").mandatory().like("\"decimal(18,2)\"");
    private static final Key<Names.DatasetColumns> TO = Key.of(
                    "to", Names.DATASET_COLUMNS, "Where each value must be found.")
            .mandatory()
            .like("dim_customer(customer_id)");
    private static final Key<Long> FEWEST =
            Key.of("min", Scalars.COUNT, "The fewest rows allowed.").like("1000");
    private static final Key<Long> MOST =
            Key.of("max", Scalars.COUNT, "The most rows allowed.").like("100000");
    private static final Key<Boolean> PER = Key.of(
                    "per", either("run", "table"), "Whether the rows of a run or of the table are counted.")
            .byDefault(true, "run");
    private static final Key<BigDecimal> CHANGE = Key.of(
                    "change", Scalars.SHARE_OF_ROWS, "The most that the number may differ from its own history.")
            .like("50%");
    private static final Key<Duration> AGAINST = Key.of("against", Scalars.DURATION_OF_TIME, "How much history counts.")
            .like("7d");
    private static final Key<Duration> WITHIN = Key.of(
                    "within", Scalars.DURATION_OF_TIME, "The greatest age of the newest value.")
            .mandatory()
            .like("2h");
    private static final Key<BigDecimal> MAX_SHARE = Key.of(
                    "max_share", Scalars.SHARE_OF_ROWS, "The largest share of the rows that one value may have.")
            .like("60%");
    private static final Key<List<String>> MOST_COMMON = Key.of(
                    "most_common",
                    ListKind.oneOrMore(TEXT),
                    "The most frequent value is one of these; of several that are as frequent, each is.")
            .like("[paid]");
    private static final Key<String> AGGREGATE = Key.of("expression", Expressions.EXPRESSION, "An aggregate.")
            .mandatory()
            .like("\"sum(amount)\"");
    private static final Key<DatasetName> WITH = Key.of(
                    "with", new OtherTableKind(), "The table of another system: its connection and name.")
            .mandatory()
            .like("{connection: shop_db, table: orders}");
    private static final Key<BigDecimal> TOLERANCE = Key.of(
                    "tolerance", Scalars.SHARE_OF_ROWS, "How far the two may be apart.")
            .byDefault(BigDecimal.ZERO, "0%");
    private static final Key<String> AGGREGATE_THERE = Key.of(
                    "expression_there", Expressions.EXPRESSION, "The aggregate there, where it is written otherwise.")
            .like("\"sum(total_cents) / 100.0\"");
    private static final Key<BigDecimal> MIN_RATIO = Key.of(
                    "min_ratio", Scalars.NUMBER, "Instead of tolerance: the least that here divided by there may be.")
            .like("0.5");
    private static final Key<BigDecimal> MAX_RATIO = Key.of(
                    "max_ratio", Scalars.NUMBER, "Instead of tolerance: the most that here divided by there may be.")
            .like("2");
    private static final Key<Map<String, DataType>> TYPES = Key.of(
                    "columns", MapKind.of("column", Scalars.TYPE), "The columns and their types.")
            .like("{order_id: bigint}");
    private static final Key<Boolean> EXTRA = Key.of(
                    "extra", either("allow", "refuse"), "Whether there may be other columns.")
            .byDefault(false, "refuse");
    private static final Key<Boolean> IN_ORDER = Key.of(
                    "order",
                    either("declared", "any"),
                    "Whether the columns come in the order in which they are named.")
            .byDefault(false, "any");
    private static final Key<Long> FEWEST_COLUMNS =
            Key.of("min_columns", Scalars.COUNT, "The fewest columns allowed.").like("3");
    private static final Key<Long> MOST_COLUMNS =
            Key.of("max_columns", Scalars.COUNT, "The most columns allowed.").like("30");
    private static final Key<String> ROWS = Key.of(
                    "rows",
                    Expressions.SELECT,
                    "A SELECT whose rows are the failing ones; {{ table }} is what is checked.")
            .mandatory()
            .like("\"select * from {{ table }} where placed_at > now()\"");

    private static final List<Key<CheckDraft>> KEYS = List.of(
            check(
                    "not_null",
                    "No value is NULL.",
                    List.of(COLUMNS),
                    COLUMNS,
                    "order_id",
                    v -> new Rule.NotNull(v.get(COLUMNS))),
            check(
                    "unique",
                    "No two rows have the same values.",
                    List.of(COLUMNS),
                    COLUMNS,
                    "[order_id, line_no]",
                    v -> new Rule.Unique(v.get(COLUMNS))),
            check(
                            "range",
                            "Values are within bounds.",
                            List.of(COLUMN_KEY, MIN, MAX, MIN_EXCLUSIVE, MAX_EXCLUSIVE),
                            null,
                            "{column: amount, min: 0, max: 1000000}",
                            CheckFormat::range)
                    .renamedFrom("accepted_range"),
            check(
                            "accepted",
                            "Values are among a list.",
                            List.of(COLUMN_KEY, ACCEPTED),
                            null,
                            "{column: status, values: [pending, paid, shipped]}",
                            v -> new Rule.Accepted(v.get(COLUMN_KEY), v.get(ACCEPTED)))
                    .renamedFrom("accepted_values", "enum"),
            check(
                            "pattern",
                            "Values match a regular expression.",
                            List.of(COLUMN_KEY, MATCHES, NOT_MATCHES),
                            null,
                            "{column: email, matches: \"[^@]+@[^@]+\"}",
                            CheckFormat::pattern)
                    .renamedFrom("regex"),
            check(
                    "length",
                    "Texts have a number of characters.",
                    List.of(COLUMN_KEY, SHORTEST, LONGEST),
                    null,
                    "{column: code, min: 3, max: 3}",
                    CheckFormat::length),
            check(
                    "parseable",
                    "Texts can be read as a type.",
                    List.of(COLUMN_KEY, AS, DATE_FORMAT),
                    null,
                    "{column: birthday, as: date, format: \"%d/%m/%Y\"}",
                    v -> new Rule.Parseable(v.get(COLUMN_KEY), v.get(AS), v.find(DATE_FORMAT))),
            check(
                    "json_schema",
                    "JSON values have a shape.",
                    List.of(COLUMN_KEY, JSON),
                    null,
                    "{column: payload, schema: {type: object, required: [id], properties: {id: {type: integer}}}}",
                    v -> new Rule.JsonSchema(v.get(COLUMN_KEY), v.get(JSON))),
            check(
                    "column_type",
                    "A column has a type.",
                    List.of(COLUMN_KEY, IS),
                    null,
                    "{column: amount, is: \"decimal(18,2)\"}",
                    v -> new Rule.ColumnType(v.get(COLUMN_KEY), v.get(IS))),
            check(
                            "references",
                            "Values are found in another dataset.",
                            List.of(COLUMNS, TO),
                            null,
                            "{column: customer_id, to: dim_customer(customer_id)}",
                            v -> otherColumns(v, Rule.References::new))
                    .renamedFrom("relationships"),
            check(
                    "cardinality",
                    "Each value occurs as often as in another dataset.",
                    List.of(COLUMNS, TO),
                    null,
                    "{columns: customer_id, to: dim_customer(customer_id)}",
                    v -> otherColumns(v, Rule.Cardinality::new)),
            check(
                            "volume",
                            "The number of rows is within bounds.",
                            List.of(FEWEST, MOST, PER, CHANGE, AGAINST),
                            null,
                            "{min: 1000, max: 100000, per: run}",
                            CheckFormat::volume)
                    .renamedFrom("row_count"),
            check(
                            "freshness",
                            "The newest value is not old.",
                            List.of(COLUMN_KEY, WITHIN),
                            null,
                            "{column: loaded_at, within: 2h}",
                            v -> new Rule.Freshness(v.get(COLUMN_KEY), v.get(WITHIN)))
                    .renamedFrom("recency"),
            check(
                    "distribution",
                    "No single value has too many rows; the most frequent one is expected.",
                    List.of(COLUMN_KEY, MAX_SHARE, MOST_COMMON),
                    null,
                    "{column: status, max_share: 60%}",
                    CheckFormat::distribution),
            check(
                    "reconcile",
                    "An aggregate equals that of another system.",
                    List.of(AGGREGATE, WITH, AGGREGATE_THERE, TOLERANCE, MIN_RATIO, MAX_RATIO),
                    null,
                    "{expression: \"sum(amount)\", with: {connection: shop_db, table: orders}, tolerance: 1%}",
                    CheckFormat::reconcile),
            check(
                    "schema",
                    "The table has these columns.",
                    List.of(TYPES, EXTRA, IN_ORDER, FEWEST_COLUMNS, MOST_COLUMNS),
                    null,
                    "{columns: {order_id: bigint, amount: \"decimal(18,2)\"}, extra: allow}",
                    CheckFormat::schema),
            check(
                    "sql",
                    "A SELECT of your own finds no row.",
                    List.of(ROWS),
                    null,
                    "{name: no future orders, rows: \"select * from {{ table }} where placed_at > now()\"}",
                    v -> new Rule.RowSql(v.get(ROWS))));

    static final VariantKind<CheckDraft> CHECK = VariantKind.of(
            "check",
            "One check.",
            Stream.of(KEYS, RecordChecks.KEYS, OrderChecks.KEYS, MeasureChecks.KEYS)
                    .flatMap(List::stream)
                    .<Key<? extends CheckDraft>>map(key -> key)
                    .toList());

    private CheckFormat() {}

    private static @Nullable Rule pattern(Values v) {
        List<String> matches = v.has(MATCHES) ? v.get(MATCHES) : List.of();
        List<String> notMatches = v.has(NOT_MATCHES) ? v.get(NOT_MATCHES) : List.of();
        return matches.isEmpty() && notMatches.isEmpty()
                ? unbounded(v, "matches, not_matches")
                : new Rule.Pattern(v.get(COLUMN_KEY), matches, notMatches);
    }

    private static @Nullable Rule distribution(Values v) {
        List<String> common = v.has(MOST_COMMON) ? v.get(MOST_COMMON) : List.of();
        return common.isEmpty() && !v.has(MAX_SHARE)
                ? unbounded(v, "max_share, most_common")
                : new Rule.Distribution(v.get(COLUMN_KEY), v.find(MAX_SHARE), common);
    }

    private static @Nullable Rule reconcile(Values v) {
        if (v.has(TOLERANCE) && (v.has(MIN_RATIO) || v.has(MAX_RATIO))) {
            v.refuse(TOLERANCE, "conflicting-keys", "a ratio says how far the two may be apart", null);
            return null;
        }
        return new Rule.Reconcile(
                v.get(AGGREGATE),
                v.get(WITH),
                v.find(AGGREGATE_THERE),
                v.get(TOLERANCE),
                v.find(MIN_RATIO),
                v.find(MAX_RATIO));
    }

    private static @Nullable Rule schema(Values v) {
        Map<String, DataType> columns = v.find(TYPES);
        boolean counted = v.has(FEWEST_COLUMNS) || v.has(MOST_COLUMNS);
        if (columns == null && !counted) {
            return unbounded(v, "columns, min_columns, max_columns");
        } else if (columns == null && (v.has(EXTRA) || v.has(IN_ORDER))) {
            v.refuse(v.has(EXTRA) ? EXTRA : IN_ORDER, "conflicting-keys", "it goes together with columns", null);
            return null;
        }
        Long min = v.find(FEWEST_COLUMNS);
        Long max = v.find(MOST_COLUMNS);
        return ordered(v, min, max)
                ? new Rule.SchemaIs(
                        columns == null ? Map.of() : columns,
                        columns == null || v.get(EXTRA),
                        v.get(IN_ORDER),
                        min,
                        max)
                : null;
    }

    private static @Nullable Rule range(Values v) {
        if (!v.has(MIN) && !v.has(MAX) && !v.has(MIN_EXCLUSIVE) && !v.has(MAX_EXCLUSIVE)) {
            return unbounded(v, "min, max, min_exclusive, max_exclusive");
        }
        if ((v.has(MIN) && v.has(MIN_EXCLUSIVE)) || (v.has(MAX) && v.has(MAX_EXCLUSIVE))) {
            v.in().refuse(v.node(), "conflicting-keys", "a bound is either inclusive or exclusive", null);
            return null;
        }
        String min = v.has(MIN) ? v.find(MIN) : v.find(MIN_EXCLUSIVE);
        String max = v.has(MAX) ? v.find(MAX) : v.find(MAX_EXCLUSIVE);
        return new Rule.Range(v.get(COLUMN_KEY), min, max, v.has(MIN_EXCLUSIVE), v.has(MAX_EXCLUSIVE));
    }

    private static @Nullable Rule length(Values v) {
        Long min = v.find(SHORTEST);
        Long max = v.find(LONGEST);
        if (min == null && max == null) {
            return unbounded(v, "min, max");
        }
        return ordered(v, min, max) ? new Rule.Length(v.get(COLUMN_KEY), min, max) : null;
    }

    private static @Nullable Rule volume(Values v) {
        Long min = v.find(FEWEST);
        Long max = v.find(MOST);
        BigDecimal change = v.find(CHANGE);
        if (min == null && max == null && change == null) {
            return unbounded(v, "min, max, or change with against");
        }
        if ((change == null) != (v.find(AGAINST) == null)) {
            v.refuse(
                    change == null ? AGAINST : CHANGE,
                    "conflicting-keys",
                    "change and against go together",
                    "write {change: 50%, against: 7d}");
            return null;
        }
        if (change != null && (min != null || max != null)) {
            v.refuse(
                    CHANGE,
                    "conflicting-keys",
                    "min and max stop a load, change is judged after COMMIT",
                    "write two checks: {min: 1000} and {change: 50%, against: 7d}");
            return null;
        }
        return ordered(v, min, max) ? new Rule.Volume(min, max, change, v.find(AGAINST), v.get(PER)) : null;
    }

    private interface OtherColumns {
        Rule rule(List<String> columns, DatasetName to, List<String> toColumns);
    }

    private static @Nullable Rule otherColumns(Values v, OtherColumns rule) {
        List<String> columns = v.get(COLUMNS);
        List<String> others = v.get(TO).columns();
        if (columns.size() != others.size()) {
            v.refuse(TO, "invalid-value", "it names " + others.size() + " columns for " + columns.size(), null);
            return null;
        }
        return rule.rule(columns, v.get(TO).dataset(), others);
    }
}
