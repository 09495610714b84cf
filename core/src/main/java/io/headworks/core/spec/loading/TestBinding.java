package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Expectation;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.Variable;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.format.TestsFormat;
import io.headworks.core.spec.format.TestsFormat.TestDraft;
import io.headworks.core.spec.format.VariableFormat;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what tests name: their pipelines, variables and tables. */
final class TestBinding {
    private final List<String> pipelineNames;
    private final List<TableGroup> groups;
    private final Map<String, PipelineSpec> pipelines = new LinkedHashMap<>();
    private final Map<String, Variable> variables;
    private final SqlReview review;
    private final Problems problems;

    /** @param read all pipelines, those that are wrong too */
    TestBinding(
            List<ReadPipeline> read,
            List<TableGroup> groups,
            List<PipelineSpec> pipelines,
            Map<String, Variable> variables,
            SqlReview review,
            Problems problems) {
        this.pipelineNames =
                read.stream().map(ReadPipeline::name).filter(Objects::nonNull).toList();
        this.groups = groups;
        pipelines.forEach(each -> this.pipelines.put(each.name(), each));
        this.variables = variables;
        this.review = review;
        this.problems = problems;
    }

    List<LoadTest> bind(List<ReadTests> read) {
        List<LoadTest> tests = new ArrayList<>();
        Map<String, Place> names = new LinkedHashMap<>();
        for (ReadTests each : read) {
            refuseTables(each);
            for (TestDraft draft : each.drafts()) {
                refuseSecond(draft, names);
                requireVariables(draft);
                LoadTest test = bound(draft);
                if (test != null) {
                    tests.add(test);
                }
            }
        }
        return tests;
    }

    /** A fixture gives the same rows wherever and whenever it runs. */
    private void refuseTables(ReadTests read) {
        review.tables(read.sql())
                .forEach(each -> problems.error(
                        each.text().place(each.offset()),
                        "invalid-value",
                        "Cannot use " + each.text().path() + ": it reads " + each.name()
                                + " (allowed: a SELECT over values of its own)",
                        "write the rows with VALUES, or into a CSV file"));
    }

    private void refuseSecond(TestDraft draft, Map<String, Place> names) {
        Place first = names.putIfAbsent(draft.test().name(), draft.test().place());
        if (first != null) {
            problems.error(
                    place(draft, "name", null),
                    "duplicate-name",
                    "Cannot use test '" + draft.test().name() + "' twice: it is also at " + first,
                    null);
        }
    }

    private void requireVariables(TestDraft draft) {
        draft.test().variables().forEach((name, value) -> {
            Variable variable = variables.get(name);
            String unfit = variable == null
                    ? "it is not declared (declared: "
                            + (variables.isEmpty() ? "none" : String.join(", ", variables.keySet())) + ")"
                    : VariableFormat.unfit(variable, value);
            if (unfit != null) {
                String nearest = variable == null ? Nearest.to(name, variables.keySet()) : null;
                problems.error(
                        place(draft, "variables", name),
                        variable == null ? "unknown-variable" : "invalid-value",
                        "Cannot set variable '" + name + "': " + unfit,
                        nearest == null ? null : "did you mean '" + nearest + "'?");
            }
        });
    }

    private @Nullable LoadTest bound(TestDraft draft) {
        LoadTest test = draft.test();
        PipelineSpec pipeline = pipelines.get(test.pipeline());
        if (pipeline == null) {
            if (!pipelineNames.contains(test.pipeline()) && !isUnasked(test.pipeline())) {
                String nearest = Nearest.to(test.pipeline(), pipelineNames);
                problems.error(
                        place(draft, "pipeline", null),
                        "unknown-pipeline",
                        "Cannot test pipeline '" + test.pipeline() + "': it is not known (allowed: "
                                + String.join(", ", pipelineNames) + ")",
                        nearest == null ? null : "did you mean '" + nearest + "'?");
            }
            return null;
        }
        if (pipeline.extract().model() != null) {
            problems.error(
                    place(draft, "pipeline", null),
                    "not-yet",
                    "Cannot test '" + test.pipeline() + "': it is an SQL model, and tests of models are not built yet",
                    null);
            return null;
        }
        List<LoadTest.Batch> batches = new ArrayList<>();
        for (TestsFormat.Draft batch : draft.batches()) {
            Map<DatasetName, Fixture> inputs = new LinkedHashMap<>();
            batch.inputs().forEach((name, rows) -> {
                DatasetName dataset = found(DatasetName.parse(name), pipeline, place(draft, "batches", null));
                if (dataset != null) {
                    inputs.put(dataset, rows);
                }
            });
            batches.add(new LoadTest.Batch(batch.source(), inputs, batch.now()));
        }
        Map<DatasetName, Expectation> after = found(test.after(), pipeline, draft, "after");
        return test.named(found(test.before(), pipeline, draft, "before"), batches, after);
    }

    /** One of many tables of a source that nobody asked. */
    private boolean isUnasked(String pipeline) {
        return groups.stream()
                .anyMatch(group -> group.owns(pipeline) && group.present().isEmpty());
    }

    private <T> Map<DatasetName, T> found(
            Map<DatasetName, T> written, PipelineSpec pipeline, TestDraft draft, String key) {
        Map<DatasetName, T> found = new LinkedHashMap<>();
        written.forEach((name, value) -> {
            DatasetName dataset = found(name, pipeline, place(draft, key, name.toString()));
            if (dataset != null) {
                found.put(dataset, value);
            }
        });
        return found;
    }

    /** A table that the pipeline writes, or one that it reads beside its source. */
    private @Nullable DatasetName found(DatasetName written, PipelineSpec pipeline, Place place) {
        DatasetName own = pipeline.writes();
        List<DatasetName> known = new ArrayList<>(List.of(own, history(own)));
        pipeline.uses().stream().map(DatasetUse::dataset).forEach(known::add);
        String wanted = key(written.in(pipeline.connection()));
        for (DatasetName each : known) {
            if (key(each).equals(wanted)) {
                return each;
            }
        }
        known.remove(1);
        List<String> names =
                known.stream().distinct().map(each -> spoken(each, pipeline)).toList();
        String nearest = Nearest.to(written.toString(), names);
        problems.error(
                place,
                "unknown-dataset",
                "Cannot use '" + written + "' in a test of " + pipeline.name()
                        + ": the pipeline neither writes nor reads it (allowed: " + String.join(", ", names) + ")",
                nearest == null ? null : "did you mean '" + nearest + "'?");
        return null;
    }

    private static DatasetName history(DatasetName own) {
        TableName table = own.table();
        return new DatasetName(own.connection(), new TableName(table.schema(), table.table() + "_history"));
    }

    private static String spoken(DatasetName dataset, PipelineSpec pipeline) {
        return pipeline.connection().equals(dataset.connection())
                ? dataset.table().toString()
                : dataset.toString();
    }

    private static String key(DatasetName name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /** Where a key of a test stands, or a name below it. */
    private static Place place(TestDraft draft, String key, @Nullable String name) {
        Node.Entry entry = draft.node().entry(key);
        if (entry == null) {
            return draft.test().place();
        }
        Node.Entry inner = name != null && entry.value() instanceof Node.Mapping map ? map.entry(name) : null;
        return inner != null ? inner.key().place() : entry.value().place();
    }
}
