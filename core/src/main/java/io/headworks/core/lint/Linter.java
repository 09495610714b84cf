package io.headworks.core.lint;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Extract;
import io.headworks.api.transform.Operation;
import io.headworks.core.spec.LintRule;
import io.headworks.core.spec.Origin;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.ChoiceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at every pipeline of a project with every rule that the project does not turn off. */
public final class Linter {
    private static final String SNAKE_CASE = "[a-z][a-z0-9_]*";

    private final Project project;
    private final List<Problem> found = new ArrayList<>();

    private Linter(Project project) {
        this.project = project;
    }

    /** Warnings, by place; the code of each is the rule's name. */
    public static List<Problem> of(Project project) {
        Linter linter = new Linter(project);
        project.pipelines().forEach(linter::look);
        return linter.found.stream().sorted(Problem.ORDER).toList();
    }

    private void look(PipelineSpec pipeline) {
        if (pipeline.description() == null) {
            report(LintRule.NO_DESCRIPTION, pipeline, null, "has no description", "add description: …");
        }
        if (pipeline.owner() == null) {
            report(LintRule.NO_OWNER, pipeline, null, "has no owner", "add owner: …, or defaults: {owner: …}");
        }
        checks(pipeline);
        types(pipeline);
        deletes(pipeline);
        names(pipeline);
        sql(pipeline);
    }

    private void checks(PipelineSpec pipeline) {
        List<Check> checks = Stream.of(pipeline.preLoad(), pipeline.postLoad())
                .flatMap(Collection::stream)
                .toList();
        if (checks.isEmpty()) {
            report(LintRule.NO_CHECKS, pipeline, null, "has no check", "add quality_gates");
            return;
        }
        TreeSet<String> unfilled = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        unfilled.addAll(pipeline.load().mergeKeys());
        boolean unique = pipeline.load().mergeKeys().isEmpty();
        for (Check check : checks) {
            if (check.rule() instanceof Rule.NotNull notNull) {
                notNull.columns().forEach(unfilled::remove);
            } else if (check.rule() instanceof Rule.Unique rule) {
                unique |= sameNames(rule.columns(), pipeline.load().mergeKeys());
            }
        }
        if (!unfilled.isEmpty() || !unique) {
            String lacking = Stream.of(
                            unfilled.isEmpty() ? null : "not_null: [" + String.join(", ", unfilled) + "]",
                            unique
                                    ? null
                                    : "unique: ["
                                            + String.join(", ", pipeline.load().mergeKeys()) + "]")
                    .filter(Objects::nonNull)
                    .reduce((a, b) -> a + ", " + b)
                    .orElseThrow();
            report(
                    LintRule.UNCHECKED_KEY,
                    pipeline,
                    "load.merge_keys",
                    "does not check its merge keys",
                    "add " + lacking);
        }
    }

    private static boolean sameNames(List<String> some, List<String> others) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(some);
        return names.size() == others.size() && names.containsAll(others);
    }

    private void types(PipelineSpec pipeline) {
        Extract extract = pipeline.extract().extract();
        boolean typeless = extract.reading() instanceof Extract.Reading.Files files
                && !files.path().toLowerCase(Locale.ROOT).endsWith(".parquet")
                && extract.columns().stream().noneMatch(column -> column.type() != null);
        if (typeless) {
            report(
                    LintRule.INFERRED_TYPES,
                    pipeline,
                    "extract.path",
                    "declares no type of its files' columns",
                    "add extract.columns: {…}; hw preview proposes them");
        }
    }

    private void deletes(PipelineSpec pipeline) {
        Load load = pipeline.load();
        boolean removes = load.strategy() == Strategy.MERGE || load.strategy() == Strategy.SOFT_DELETE;
        if (removes && load.breaker().deleted() == null) {
            report(
                    LintRule.NO_BREAKER,
                    pipeline,
                    "load.strategy",
                    "limits what is changed and not what is deleted",
                    "add deleted: 30% to load.max_change");
        }
    }

    private void names(PipelineSpec pipeline) {
        String table = pipeline.load().table().table();
        if (!pipeline.name().matches(SNAKE_CASE)) {
            report(LintRule.NAME_STYLE, pipeline, "name", "is not named in snake_case", null);
        }
        if (!table.matches(SNAKE_CASE)) {
            report(LintRule.NAME_STYLE, pipeline, "load.table", "writes table " + table + ", not in snake_case", null);
        }
    }

    private void sql(PipelineSpec pipeline) {
        if (pipeline.extract().extract().reading() instanceof Extract.Reading.Query query
                && SelectStar.isIn(query.sql())) {
            report(LintRule.SELECT_STAR, pipeline, "extract.query", "extracts select *", "name the columns");
        }
        pipeline.stages()
                .forEach(stage -> stage.operations().forEach(operation -> {
                    if (operation instanceof Operation.Sql sql && SelectStar.isIn(sql.text())) {
                        report(
                                LintRule.SELECT_STAR,
                                pipeline,
                                "transform",
                                "has select * in stage " + stage.name() + " (" + sql.file() + ")",
                                "name the columns; select * from {{ input }} is fine");
                    }
                }));
    }

    private void report(
            LintRule rule, PipelineSpec pipeline, @Nullable String key, String what, @Nullable String advice) {
        if (!project.lintOff().contains(rule)) {
            Place place = pipeline.origins().stream()
                    .filter(origin -> key != null && origin.key().startsWith(key))
                    .map(Origin::place)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(pipeline.place());
            found.add(Problem.warning(
                    place, ChoiceKind.spelling(rule), "Pipeline " + pipeline.name() + " " + what, advice));
        }
    }
}
