package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.check.Probe.Form;
import io.headworks.duckdb.check.Question.ByValue;
import io.headworks.duckdb.check.Question.Part;
import io.headworks.duckdb.check.RelationFacts.Access;
import io.headworks.duckdb.sql.Datasets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the questions of many checks into the fewest and cheapest statements. What is cheapest was measured (see {@code
 * docs/checks.md}): over stored rows one lone count for each check, side by side, because statistics and zone
 * maps answer those; conditions on distinct values where a column has few and a condition is dear; one pass where rows
 * are computed anew whenever they are read, or are few; uniqueness last and by itself.
 */
public final class CheckPlanner {
    private static final int FEW_ROWS = 50_000;
    private static final int COUNTS_IN_ONE_STATEMENT = 24;

    private final CheckScope scope;
    private final List<Check> checks;
    private final RelationFacts facts;
    private final List<Question> open = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private final Map<Integer, String> refused = new TreeMap<>();

    private CheckPlanner(CheckScope scope, List<Check> checks, RelationFacts facts) {
        this.scope = scope;
        this.checks = checks;
        this.facts = facts;
    }

    static CheckPlan plan(
            CheckScope scope, List<Check> checks, Datasets datasets, RelationFacts facts, FailingRowsQuery queries) {
        CheckPlanner planner = new CheckPlanner(scope, checks, facts);
        planner.ask(new Questions(scope, datasets, queries));
        planner.group();
        return new CheckPlan(checks, planner.probes, planner.refused);
    }

    private void ask(Questions questions) {
        Map<String, Question> counts = new LinkedHashMap<>();
        List<Question> asked = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            try {
                asked.addAll(questions.of(i, checks.get(i)));
                questions.rows(i, checks.get(i)).ifPresent(rows -> counts.merge(rows.alone(), rows, Question::with));
            } catch (HeadworksException unfit) {
                refused.put(i, String.valueOf(unfit.getMessage()));
            }
        }
        open.addAll(counts.values());
        open.addAll(asked);
    }

    private void group() {
        if (facts.access() == Access.COMPUTED || (facts.rows() >= 0 && facts.rows() < FEW_ROWS)) {
            onePass(take(question -> question.fused() != null));
            byValue(column -> true);
        } else {
            byValue(this::paysByValue);
            loneCounts(take(question -> question.fused() != null && !isUniqueness(question)));
        }
        theRest();
    }

    private void onePass(List<Question> questions) {
        if (!questions.isEmpty()) {
            List<String> aggregates = questions.stream()
                    .map(question -> Objects.requireNonNull(question.fused()))
                    .toList();
            probes.add(Probe.over(Form.FUSED, aggregates, new Rows(scope.relation(), null).from(), questions));
        }
    }

    private void byValue(Predicate<List<Question>> pays) {
        Map<String, List<Question>> columns = new LinkedHashMap<>();
        for (Question question : open) {
            ByValue byValue = question.byValue();
            if (byValue != null) {
                columns.computeIfAbsent(byValue.column(), any -> new ArrayList<>())
                        .add(question);
            }
        }
        columns.forEach((column, questions) -> {
            if (pays.test(questions)) {
                open.removeAll(questions);
                List<String> aggregates = questions.stream()
                        .map(question ->
                                Objects.requireNonNull(question.byValue()).aggregate())
                        .toList();
                String values = Questions.values(new Rows(scope.relation(), null), column);
                probes.add(Probe.over(Form.BY_VALUE, aggregates, values, questions));
            }
        });
    }

    private boolean paysByValue(List<Question> questions) {
        String column = Objects.requireNonNull(questions.get(0).byValue()).column();
        long distinct =
                facts.column(column).map(RelationFacts.ColumnFacts::distinct).orElse(-1L);
        boolean text = Unfit.column(scope.relation().schema(), column).type().isText();
        long alone = questions.stream().mapToLong(Question::nanosPerRow).sum();
        return alone > groupingNanos(distinct, text);
    }

    /** What grouping costs a row: a short dictionary, a hash table that fits a cache, or one that does not. */
    private static long groupingNanos(long distinct, boolean text) {
        if (distinct < 0 || distinct > 200_000) {
            return 120;
        } else if (distinct > 4096) {
            return text ? 55 : 9;
        }
        return 4;
    }

    private void loneCounts(List<Question> questions) {
        for (int from = 0; from < questions.size(); from += COUNTS_IN_ONE_STATEMENT) {
            int to = Math.min(from + COUNTS_IN_ONE_STATEMENT, questions.size());
            probes.add(Probe.alone(Form.LONE_COUNTS, questions.subList(from, to)));
        }
    }

    /** What needs a statement of its own for each check; uniqueness at the end. */
    private void theRest() {
        Map<Integer, List<Question>> byCheck = new LinkedHashMap<>();
        open.forEach(question -> byCheck.computeIfAbsent(question.checks().get(0), any -> new ArrayList<>())
                .add(question));
        List<Probe> unique = new ArrayList<>();
        byCheck.forEach((check, questions) -> {
            if (isUniqueness(questions.get(0))) {
                unique.add(uniqueness(check, questions));
            } else {
                probes.add(Probe.alone(form(checks.get(check).rule()), questions));
            }
        });
        unique.sort((one, other) -> Boolean.compare(one.form() == Form.DISTINCT, other.form() == Form.DISTINCT));
        probes.addAll(unique);
        open.clear();
    }

    private Probe uniqueness(int check, List<Question> questions) {
        Rule.Unique rule = (Rule.Unique) checks.get(check).rule();
        @Nullable
        String bitmap = new Uniqueness(scope, rule.columns(), checks.get(check).where())
                .bitmap(facts)
                .orElse(null);
        return bitmap == null
                ? Probe.alone(Form.DISTINCT, questions)
                : new Probe(Form.BITMAP, "SELECT\n  " + bitmap, questions);
    }

    private boolean isUniqueness(Question question) {
        return question.part() == Part.FAILING
                && checks.get(question.checks().get(0)).rule() instanceof Rule.Unique;
    }

    private static Form form(Rule rule) {
        if (rule instanceof Rule.References) {
            return Form.ANTI_JOIN;
        }
        return switch (rule.kind()) {
            case SQL -> Form.QUERY;
            case MONOTONIC, SEQUENCE, INTERVALS, OUTLIERS -> Form.WINDOW;
            default -> Form.MEASURE;
        };
    }

    private List<Question> take(Predicate<Question> wanted) {
        List<Question> taken = open.stream().filter(wanted).toList();
        open.removeAll(taken);
        return taken;
    }
}
