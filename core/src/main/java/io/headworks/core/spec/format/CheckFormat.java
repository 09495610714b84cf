package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;
import static io.headworks.core.spec.descriptor.Scalars.TEXT;

import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.descriptor.VariantKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The vocabulary of checks, the same in gates and check files. */
final class CheckFormat {
    private static final Key<String> COLUMN_KEY =
            Key.of("column", COLUMN, "The column.").mandatory().like("amount");
    private static final Key<List<String>> COLUMNS = Key.of("columns", ListKind.oneOrMore(COLUMN), "The columns.")
            .mandatory()
            .accepting("column")
            .like("[order_id]");

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
    private static final Key<String> MATCHES = Key.of(
                    "matches", TEXT, "A regular expression that the whole value matches.")
            .mandatory()
            .accepting("pattern", "regex")
            .like("\"[A-Z]{3}\"");
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
                    "per",
                    ChoiceKind.of(ordered("run", true, "table", false)),
                    "Whether the rows of a run or of the table are counted.")
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
            .mandatory()
            .like("60%");
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
    private static final Key<Map<String, DataType>> TYPES = Key.of(
                    "columns", MapKind.of("column", Scalars.TYPE), "The columns and their types.")
            .mandatory()
            .like("{order_id: bigint}");
    private static final Key<Boolean> EXTRA = Key.of(
                    "extra",
                    ChoiceKind.of(ordered("allow", true, "refuse", false)),
                    "Whether there may be other columns.")
            .byDefault(false, "refuse");
    private static final Key<String> ROWS = Key.of(
                    "rows",
                    Expressions.SELECT,
                    "A SELECT whose rows are the failing ones; {{ table }} is what is checked.")
            .mandatory()
            .like("\"select * from {{ table }} where placed_at > now()\"");

    static final VariantKind<CheckDraft> CHECK = VariantKind.of(
            "check",
            "One check.",
            List.of(
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
                                    List.of(COLUMN_KEY, MATCHES),
                                    null,
                                    "{column: email, matches: \"[^@]+@[^@]+\"}",
                                    v -> new Rule.Pattern(v.get(COLUMN_KEY), v.get(MATCHES)))
                            .renamedFrom("regex"),
                    check(
                            "length",
                            "Texts have a number of characters.",
                            List.of(COLUMN_KEY, SHORTEST, LONGEST),
                            null,
                            "{column: code, min: 3, max: 3}",
                            CheckFormat::length),
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
                                    CheckFormat::references)
                            .renamedFrom("relationships"),
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
                            "No single value has too many rows.",
                            List.of(COLUMN_KEY, MAX_SHARE),
                            null,
                            "{column: status, max_share: 60%}",
                            v -> new Rule.Distribution(v.get(COLUMN_KEY), v.get(MAX_SHARE))),
                    check(
                            "reconcile",
                            "An aggregate equals that of another system.",
                            List.of(AGGREGATE, WITH, TOLERANCE),
                            null,
                            "{expression: \"sum(amount)\", with: {connection: shop_db, table: orders}, tolerance: 1%}",
                            v -> new Rule.Reconcile(v.get(AGGREGATE), v.get(WITH), v.get(TOLERANCE))),
                    check(
                            "schema",
                            "The table has these columns.",
                            List.of(TYPES, EXTRA),
                            null,
                            "{columns: {order_id: bigint, amount: \"decimal(18,2)\"}, extra: allow}",
                            v -> new Rule.SchemaIs(v.get(TYPES), v.get(EXTRA))),
                    check(
                            "sql",
                            "A SELECT of your own finds no row.",
                            List.of(ROWS),
                            null,
                            "{name: no future orders, rows: \"select * from {{ table }} where placed_at > now()\"}",
                            v -> new Rule.RowSql(v.get(ROWS)))));

    private CheckFormat() {}

    private static Key<CheckDraft> check(
            String name,
            String description,
            List<Key<?>> own,
            @Nullable Key<?> shortFor,
            String example,
            Function<Values, @Nullable Rule> rule) {
        Function<Values, @Nullable CheckDraft> binder = values -> {
            Rule bound = rule.apply(values);
            return bound == null
                    ? null
                    : new CheckDraft(
                            bound,
                            CheckOptions.of(values),
                            values.node(),
                            values.in().path());
        };
        ObjectKind<CheckDraft> kind =
                ObjectKind.of("check " + name, description, own, binder).sharing(CheckOptions.SHARED);
        return Key.of(name, shortFor == null ? kind : kind.shortFor(shortFor), description)
                .like(example);
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

    private static boolean ordered(Values v, @Nullable Long min, @Nullable Long max) {
        boolean ordered = min == null || max == null || min <= max;
        if (!ordered) {
            v.in().refuse(v.node(), "invalid-value", "min " + min + " is above max " + max, null);
        }
        return ordered;
    }

    private static @Nullable Rule references(Values v) {
        List<String> columns = v.get(COLUMNS);
        List<String> others = v.get(TO).columns();
        if (columns.size() != others.size()) {
            v.refuse(TO, "invalid-value", "it names " + others.size() + " columns for " + columns.size(), null);
            return null;
        }
        return new Rule.References(columns, v.get(TO).dataset(), others);
    }

    private static @Nullable Rule unbounded(Values v, String bounds) {
        v.in().refuse(v.node(), "empty-check", "it has no bound (allowed: " + bounds + ")", null);
        return null;
    }

    private static Map<String, Boolean> ordered(String first, boolean a, String second, boolean b) {
        Map<String, Boolean> map = new LinkedHashMap<>();
        map.put(first, a);
        map.put(second, b);
        return map;
    }
}
