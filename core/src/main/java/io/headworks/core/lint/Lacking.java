package io.headworks.core.lint;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.Strategy;
import io.headworks.core.spec.LintRule;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.ChoiceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline has not yet, and the commands that propose it. It is no fault of the pipeline: nothing is wrong with what
 * is there.
 *
 * @param lacks {@code no-checks}, {@code no-contract}, {@code no-test}, in this order
 * @param commands that propose it, in the order in which to run them
 * @param tests the least that a test of it should try; empty where there is a test
 */
public record Lacking(
        String pipeline, DatasetName dataset, List<String> lacks, List<String> commands, List<String> tests) {
    public Lacking {
        lacks = List.copyOf(lacks);
        commands = List.copyOf(commands);
        tests = List.copyOf(tests);
    }

    /** Of every pipeline that lacks something that the project wants, in their order. */
    public static List<Lacking> of(Project project) {
        return project.pipelines().stream()
                .map(pipeline -> of(project, pipeline))
                .filter(each -> !each.lacks().isEmpty())
                .toList();
    }

    private static Lacking of(Project project, PipelineSpec pipeline) {
        List<String> lacks = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        boolean checked = !pipeline.preLoad().isEmpty() || !pipeline.postLoad().isEmpty();
        add(project, LintRule.NO_CHECKS, !checked, lacks);
        boolean promised = project.contracts().of(pipeline.writes()).isPresent();
        add(project, LintRule.NO_CONTRACT, !promised, lacks);
        if (!lacks.isEmpty()) {
            commands.add("hw quality " + pipeline.writes() + " --write");
        }
        boolean tested = project.tests().stream().map(LoadTest::pipeline).anyMatch(pipeline.name()::equals);
        add(project, LintRule.NO_TEST, !tested, lacks);
        boolean wantsTest = lacks.contains(ChoiceKind.spelling(LintRule.NO_TEST));
        if (wantsTest) {
            commands.add("hw test --generate " + pipeline.name());
        }
        return new Lacking(
                pipeline.name(), pipeline.writes(), lacks, commands, wantsTest ? leastTests(pipeline) : List.of());
    }

    private static void add(Project project, LintRule rule, boolean isLacking, List<String> lacks) {
        if (isLacking && !project.lintOff().contains(rule)) {
            lacks.add(ChoiceKind.spelling(rule));
        }
    }

    /** What goes wrong with a strategy, as batches. */
    private static List<String> leastTests(PipelineSpec pipeline) {
        List<String> tests = new ArrayList<>(List.of("a first batch", "the same batch again"));
        Strategy strategy = pipeline.load().strategy();
        if (!pipeline.load().mergeKeys().isEmpty()) {
            tests.add("a row with other values under a key that is there");
            tests.add("a row whose key is NULL");
        }
        if (strategy == Strategy.MERGE || strategy == Strategy.SOFT_DELETE || strategy == Strategy.TRUNCATE_RELOAD) {
            tests.add("a batch that lacks a row that is there");
        }
        if (pipeline.load().history() != null) {
            tests.add("a row that comes late");
        }
        if (!pipeline.preLoad().isEmpty()) {
            tests.add("a row that the gate refuses");
        }
        return tests;
    }

    /** The public document. */
    public Map<String, Object> document() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", pipeline);
        tree.put("dataset", dataset.toString());
        tree.put("lacks", lacks);
        tree.put("commands", commands);
        tree.put("least_tests", tests);
        return tree;
    }
}
