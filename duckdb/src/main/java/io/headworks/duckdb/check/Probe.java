package io.headworks.duckdb.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One statement that answers questions: a SELECT of one row whose columns are the answers in order.
 */
public record Probe(Form form, String sql, List<Question> questions) {

    public enum Form {
        /** Side by side scalar counts: each is answered from statistics and zone maps, or reads its own column only. */
        LONE_COUNTS("lone counts"),
        /** Conditions on the distinct values of one column. */
        BY_VALUE("by value"),
        /** One pass over all rows. */
        FUSED("one pass"),
        ANTI_JOIN("anti join"),
        /** Exact uniqueness as a bitmap of the key's range; NULL when a key lies outside what statistics said. */
        BITMAP("bitmap"),
        DISTINCT("distinct"),
        /** Rows beside their neighbours in an order. */
        WINDOW("window"),
        MEASURE("measure"),
        QUERY("query");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public Probe {
        questions = List.copyOf(questions);
    }

    /** The plain form: nothing else can make it fail or be wrong. */
    static Probe alone(Form form, List<Question> questions) {
        String selected =
                questions.stream().map(question -> "(" + question.alone() + ")").collect(Collectors.joining(",\n  "));
        return new Probe(form, "SELECT\n  " + selected, questions);
    }

    static Probe over(Form form, List<String> aggregates, String from, List<Question> questions) {
        return new Probe(form, "SELECT\n  " + String.join(",\n  ", aggregates) + "\nFROM " + from, questions);
    }

    List<Integer> checks() {
        return questions.stream()
                .flatMap(question -> question.checks().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The same questions, each by itself in its plain form; empty when that is what this probe is. */
    List<Probe> split() {
        List<Probe> parts = questions.stream()
                .map(question -> alone(form, List.of(question)))
                .toList();
        boolean plainAlready = parts.size() == 1 && parts.get(0).sql().equals(sql);
        return plainAlready ? List.of() : parts;
    }
}
