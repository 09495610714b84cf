package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.duckdb.check.Question.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How checks will be answered: statements in order, and what needs none. Made from checks, schema and statistics alone.
 *
 * @param refused why a check cannot run, by its index
 */
public record CheckPlan(List<Check> checks, List<Probe> probes, Map<Integer, String> refused) {

    public CheckPlan {
        checks = List.copyOf(checks);
        probes = List.copyOf(probes);
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }

    public int statements() {
        return probes.size();
    }

    /** A line for the whole, and one for each statement: its form and the checks it answers. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add(count(checks.size(), "check") + " in " + count(probes.size(), "statement"));
        for (int i = 0; i < probes.size(); i++) {
            lines.add((i + 1) + ". " + probes.get(i).form() + ": " + names(probes.get(i)));
        }
        refused.forEach((check, why) -> lines.add(Unfit.sentence(checks.get(check), why)));
        return lines;
    }

    /** Each statement under a comment that names its form and the checks it answers; then why others cannot run. */
    public List<String> described() {
        List<String> statements = new ArrayList<>();
        for (Probe probe : probes) {
            statements.add("-- " + probe.form() + ": " + names(probe).replace('\n', ' ') + "\n" + probe.sql());
        }
        refused.forEach((check, why) ->
                statements.add("-- " + Unfit.sentence(checks.get(check), why).replace('\n', ' ')));
        return statements;
    }

    /** The summary with the SQL of each statement. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(summary());
        for (int i = 0; i < probes.size(); i++) {
            lines.add("\n-- " + (i + 1) + "\n" + probes.get(i).sql());
        }
        return String.join("\n", lines) + "\n";
    }

    private String names(Probe probe) {
        boolean counts = probe.questions().stream().anyMatch(question -> question.part() == Part.ROWS);
        Stream<String> decided = probe.questions().stream()
                .filter(question -> question.part() != Part.ROWS)
                .flatMap(question -> question.checks().stream())
                .distinct()
                .map(check -> checks.get(check).name());
        return Stream.concat(counts ? Stream.of("number of rows") : Stream.of(), decided)
                .collect(Collectors.joining(", "));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
