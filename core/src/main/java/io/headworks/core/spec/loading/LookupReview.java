package io.headworks.core.spec.loading;

import io.headworks.api.load.History;
import io.headworks.api.load.Load;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.descriptor.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether look-ups fit the tables they look in, as far as the pipelines that write these say. */
final class LookupReview {
    private final Problems problems;

    LookupReview(Problems problems) {
        this.problems = problems;
    }

    void review(ReadPipeline read, PipelineSpec pipeline, List<DatasetUse> uses) {
        for (int stage = 0; stage < pipeline.stages().size(); stage++) {
            List<Operation> operations = pipeline.stages().get(stage).operations();
            for (int number = 0; number < operations.size(); number++) {
                if (operations.get(number) instanceof Lookup lookup) {
                    String path = "transform.stages[" + stage + "].operations[" + number + "].lookup";
                    DatasetUse use = use(lookup, uses);
                    if (use != null) {
                        new One(lookup, use, path, place(read, path)).review(pipeline, later(pipeline, stage, number));
                    }
                }
            }
        }
    }

    private static @Nullable DatasetUse use(Lookup lookup, List<DatasetUse> uses) {
        return uses.stream()
                .filter(each -> each.written().equals(lookup.table()))
                .findFirst()
                .orElse(null);
    }

    /** The operations after one. */
    private static List<Operation> later(PipelineSpec pipeline, int stage, int number) {
        List<Operation> own = pipeline.stages().get(stage).operations();
        List<Operation> later = new ArrayList<>(own.subList(number + 1, own.size()));
        pipeline.stages().stream().skip(stage + 1L).forEach(next -> later.addAll(next.operations()));
        return later;
    }

    private static Place place(ReadPipeline read, String path) {
        return read.mentions().stream()
                .filter(mention -> mention.path().startsWith(path + "."))
                .findFirst()
                .map(mention -> mention.node().place())
                .orElseGet(() -> read.node().place());
    }

    private final class One {
        private final Lookup lookup;
        private final DatasetUse use;
        private final String path;
        private final Place place;

        One(Lookup lookup, DatasetUse use, String path, Place place) {
            this.lookup = lookup;
            this.use = use;
            this.path = path;
            this.place = place;
        }

        void review(PipelineSpec pipeline, List<Operation> later) {
            Load load = use.load();
            if (load != null) {
                reviewTime(load.history());
            }
            // what a pipeline that is wrong itself would write, nobody knows
            boolean known = load != null || use.producer() == null;
            if (known && lookup.missing() == Lookup.Missing.INFER) {
                reviewInference(load, pipeline);
            }
            if (known && lookup.rekey() != null) {
                new RekeyReview(pipeline, lookup)
                        .refusals(use, later)
                        .forEach(why -> refuse(".rekey", why, "take rekey out, or change what is against it"));
            }
        }

        private void reviewTime(@Nullable History history) {
            boolean versioned = history != null && history.keepsVersions();
            if (versioned && lookup.asOf() == null) {
                problems.error(
                        place,
                        "missing-key",
                        "Cannot use " + path + ": " + lookup.table() + " keeps history, and as_of is missing",
                        "say which version is meant: as_of: the column with the time of a row, or as_of: now");
            } else if (!versioned && lookup.asOf() != null) {
                refuse(
                        ".as_of",
                        lookup.table() + " has one row for each key, and no versions",
                        "take as_of out, or keep versions in " + lookup.table() + ": load: {scd: 2}");
            }
        }

        private void reviewInference(@Nullable Load load, PipelineSpec pipeline) {
            if (load == null) {
                refuse(
                        ".missing",
                        "no pipeline of this project writes " + lookup.table()
                                + ", and nobody would complete its members",
                        "say missing: unknown");
            } else if (load.history() == null) {
                refuse(
                        ".missing",
                        lookup.table() + " keeps no history, and could not tell members that are inferred",
                        "load " + lookup.table() + " with strategy: merge and scd: 1 (or 2), or say missing: unknown");
            } else if (!pipeline.connection().equals(use.dataset().connection())) {
                refuse(
                        ".missing",
                        "members of " + use.dataset() + " would be inferred from another connection (not yet)",
                        "load both into one connection, or say missing: unknown");
            } else if (!new HashSet<>(lookup.match().values()).equals(new HashSet<>(load.mergeKeys()))) {
                refuse(
                        ".match",
                        "members are inferred by their keys, and match does not name these (load.merge_keys of "
                                + use.producer() + ": " + String.join(", ", load.mergeKeys()) + ")",
                        "match all of them and no other column");
            }
        }

        private void refuse(String key, String why, String hint) {
            problems.error(place, "invalid-value", "Cannot use " + path + key + ": " + why, hint);
        }
    }
}
