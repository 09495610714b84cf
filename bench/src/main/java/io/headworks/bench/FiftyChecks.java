package io.headworks.bench;

import io.headworks.api.check.Check;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.duckdb.engine.DuckDbSession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fifty checks of {@link OrdersTable}, as rules and, apart from those, as a person would write them in SQL; others are written alike. */
final class FiftyChecks {
    /** A rule and, in SQL by hand, the condition of a failing row; or, for uniqueness, the key. */
    record Pair(Rule rule, @Nullable String where, String bad, boolean isKey) {}

    static final List<Pair> ALL = all();

    private FiftyChecks() {}

    static List<Check> checks(List<Pair> pairs) {
        return pairs.stream().map(FiftyChecks::check).toList();
    }

    static void bind(DuckDbSession session) {
        session.bind(DatasetName.parse("customers"), session.relation("SELECT * FROM customers"));
        session.bind(DatasetName.parse("skus"), session.relation("SELECT * FROM skus"));
    }

    static List<String> separate(List<Pair> pairs, String table) {
        return pairs.stream()
                .map(pair -> pair.isKey()
                        ? "SELECT " + repeated(pair.bad()) + " FROM " + table
                        : "SELECT count(*) FROM " + table + " AS t WHERE " + pair.bad())
                .toList();
    }

    static String filtered(List<Pair> pairs, String table) {
        return pairs.stream()
                .map(pair -> pair.isKey() ? repeated(pair.bad()) : "count(*) FILTER (WHERE " + pair.bad() + ")")
                .collect(Collectors.joining(",\n  ", "SELECT\n  ", "\nFROM " + table + " AS t"));
    }

    private static String repeated(String key) {
        return "count(" + key + ") - count(DISTINCT " + key + ")";
    }

    private static Check check(Pair pair) {
        return new Check(
                pair.rule().key(),
                pair.rule(),
                Severity.P1,
                Threshold.NONE,
                Threshold.NONE,
                pair.where(),
                Scope.TABLE,
                pair.rule().dimension(),
                OnFail.STOP,
                null);
    }

    private static List<Pair> all() {
        List<Pair> pairs = new ArrayList<>();
        for (String column : List.of(
                "id",
                "customer_id",
                "store_id",
                "status",
                "currency",
                "country",
                "code",
                "amount",
                "quantity",
                "updated_at",
                "is_gift",
                "order_no",
                "line_no",
                "email",
                "note",
                "sku")) {
            row(pairs, new Rule.NotNull(List.of(column)), column + " IS NULL");
        }
        range(pairs, "id", "0", null);
        range(pairs, "customer_id", "0", null);
        range(pairs, "store_id", "0", "999");
        range(pairs, "amount", "0", "100000");
        range(pairs, "tax", "0", "100");
        range(pairs, "quantity", "0", "99");
        range(pairs, "weight", "0", "1000");
        range(pairs, "score", "-500", "500");
        range(pairs, "placed_on", "2000-01-01", null);
        range(pairs, "updated_at", "2019-01-01", null);
        range(pairs, "order_no", "-1", null);
        range(pairs, "line_no", "0", "3");
        texts(pairs);
        key(pairs, "id", List.of("id"));
        key(pairs, "(order_no, line_no)", List.of("order_no", "line_no"));
        key(pairs, "updated_at", List.of("updated_at"));
        references(pairs, "customers", "customer_id");
        references(pairs, "skus", "sku");
        pairs.add(new Pair(
                new Rule.Range("amount", "1", null, false, false),
                "status = 'paid'",
                "status = 'paid' AND amount < 1",
                false));
        pairs.add(new Pair(new Rule.Length("note", 1L, null), "is_gift", "is_gift AND length(note) < 1", false));
        return List.copyOf(pairs);
    }

    private static void texts(List<Pair> pairs) {
        accepted(pairs, "status", List.of("pending", "paid", "shipped", "closed"));
        accepted(pairs, "currency", List.of("EUR", "USD", "GBP", "CHF", "SEK"));
        accepted(pairs, "country", List.of("IT", "FR", "DE", "ES"));
        row(pairs, new Rule.Accepted("line_no", List.of("0", "1", "2", "3")), "line_no NOT IN (0, 1, 2, 3)");
        row(pairs, new Rule.Accepted("is_gift", List.of("true", "false")), "is_gift NOT IN (true, false)");
        pattern(pairs, "status", "[a-z]+");
        pattern(pairs, "currency", "[A-Z]{3}");
        pattern(pairs, "code", "[0-9]{3}");
        pattern(pairs, "sku", "SKU-[0-9]{6}");
        pattern(pairs, "email", "[^@]+@[^@]+");
        length(pairs, "currency", 3, 3);
        length(pairs, "country", 2, 2);
        length(pairs, "code", 3, 3);
        length(pairs, "note", 1, 100);
        length(pairs, "email", 5, 60);
    }

    static void row(List<Pair> pairs, Rule rule, String bad) {
        pairs.add(new Pair(rule, null, bad, false));
    }

    static void range(List<Pair> pairs, String column, @Nullable String min, @Nullable String max) {
        String low = min == null ? "" : column + " < " + literal(min);
        String high = max == null ? "" : column + " > " + literal(max);
        row(
                pairs,
                new Rule.Range(column, min, max, false, false),
                low + (low.isEmpty() || high.isEmpty() ? "" : " OR ") + high);
    }

    private static String literal(String bound) {
        return bound.length() == LocalDate.EPOCH.toString().length() ? "'" + bound + "'" : bound;
    }

    static void accepted(List<Pair> pairs, String column, List<String> values) {
        row(pairs, new Rule.Accepted(column, values), column + " NOT IN ('" + String.join("', '", values) + "')");
    }

    static void pattern(List<Pair> pairs, String column, String matches) {
        row(pairs, new Rule.Pattern(column, matches), "NOT regexp_full_match(" + column + ", '" + matches + "')");
    }

    static void length(List<Pair> pairs, String column, long min, long max) {
        row(
                pairs,
                new Rule.Length(column, min, max),
                "length(" + column + ") < " + min + " OR length(" + column + ") > " + max);
    }

    private static void key(List<Pair> pairs, String key, List<String> columns) {
        pairs.add(new Pair(new Rule.Unique(columns), null, key, true));
    }

    private static void references(List<Pair> pairs, String table, String column) {
        row(
                pairs,
                new Rule.References(List.of(column), DatasetName.parse(table), List.of(column)),
                column + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + table + " AS d WHERE d." + column + " = t."
                        + column + ")");
    }
}
