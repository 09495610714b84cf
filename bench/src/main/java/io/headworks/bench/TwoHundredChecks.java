package io.headworks.bench;

import io.headworks.api.check.Comparison;
import io.headworks.api.check.Rule;
import io.headworks.bench.FiftyChecks.Pair;
import java.util.ArrayList;
import java.util.List;

/** Two hundred checks of single rows of {@link OrdersTable}: without uniqueness and references, which are raced apart. */
final class TwoHundredChecks {
    private static final int WANTED = 200;
    static final List<Pair> ALL = all();

    private TwoHundredChecks() {}

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
                "tax",
                "quantity",
                "weight",
                "score",
                "placed_on",
                "updated_at",
                "email",
                "note",
                "is_gift",
                "sku",
                "order_no",
                "line_no")) {
            FiftyChecks.row(pairs, new Rule.NotNull(List.of(column)), column + " IS NULL");
        }
        for (int i = 0; i < 8; i++) {
            ranges(pairs, i);
        }
        for (int i = 0; i < 10; i++) {
            texts(pairs, i);
        }
        compare(pairs, "line_no", "quantity");
        compare(pairs, "line_no", "id");
        for (int i = 0; pairs.size() < WANTED; i++) {
            String where = "store_id < " + (i + 1) * 100;
            pairs.add(new Pair(
                    new Rule.Range("amount", "1", null, false, false), where, where + " AND amount < 1", false));
        }
        return List.copyOf(pairs);
    }

    private static void ranges(List<Pair> pairs, int i) {
        for (String column :
                List.of("id", "customer_id", "store_id", "amount", "tax", "quantity", "order_no", "line_no")) {
            FiftyChecks.range(pairs, column, "0", Integer.toString(100_000_000 + i));
        }
        FiftyChecks.range(pairs, "weight", "0", Integer.toString(1000 + i));
        FiftyChecks.range(pairs, "score", "-500", Integer.toString(500 + i));
        FiftyChecks.range(pairs, "placed_on", "2000-01-0" + (i + 1), null);
    }

    private static void texts(List<Pair> pairs, int i) {
        FiftyChecks.accepted(pairs, "status", List.of("pending", "paid", "shipped", "closed", "s" + i));
        FiftyChecks.accepted(pairs, "currency", List.of("EUR", "USD", "GBP", "CHF", "SEK", "c" + i));
        FiftyChecks.pattern(pairs, "country", "[A-Z]{1," + (i + 2) + "}");
        FiftyChecks.pattern(pairs, "code", "[0-9]{1," + (i + 3) + "}");
        FiftyChecks.length(pairs, "sku", 3, 10 + i);
        FiftyChecks.length(pairs, "note", 1, 60 + i);
        FiftyChecks.length(pairs, "email", 5, 40 + i);
    }

    private static void compare(List<Pair> pairs, String column, String to) {
        Rule rule = new Rule.Compare(column, Comparison.AT_MOST, to, Rule.Compare.Nulls.PASS);
        FiftyChecks.row(pairs, rule, column + " > " + to);
    }
}
