package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.load.Load;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.Reading;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contracts;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Environment;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.descriptor.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Definitions with the project's own tables where the environment has them. What they are called in files and in SQL stays;
 * what comes from outside stays where it is.
 */
final class Placed {
    private static final String HISTORY = "_history";
    private final Environment environment;
    private final Set<String> own = new HashSet<>();

    Placed(Environment environment, List<PipelineSpec> pipelines) {
        this.environment = environment;
        pipelines.forEach(each -> own.add(key(each.writes())));
    }

    /** Reports what names tables in a way that nothing can be put in front of. */
    void refuse(List<PipelineSpec> pipelines, PipelineReads reads, Problems problems) {
        if (environment.schemaPrefix().isEmpty()) {
            return;
        }
        for (PipelineSpec pipeline : pipelines) {
            if (pipeline.load().before() != null || pipeline.load().after() != null) {
                refuse(pipeline, "load.before and load.after run as they are written", problems);
            }
            ModelSpec model = pipeline.extract().model();
            if (model != null && model.runOn() == ModelSpec.RunOn.TARGET) {
                refuse(pipeline, "with run_on: target the database reads tables by the names in its SQL", problems);
            }
            boolean query = pipeline.extract().extract().reading() instanceof Reading.Query;
            if (query && reads.of(pipeline).stream().anyMatch(each -> own.contains(key(each)))) {
                refuse(pipeline, "extract.query reads a table of this project by its name", problems);
            }
        }
    }

    private void refuse(PipelineSpec pipeline, String why, Problems problems) {
        problems.error(
                pipeline.place(),
                "conflicting-keys",
                "Cannot use " + pipeline.name() + " in environment " + environment.name() + ": " + why
                        + ", and schema_prefix calls tables otherwise",
                "use stages for it, or an environment with connections of its own");
    }

    PipelineSpec of(PipelineSpec pipeline) {
        return environment.schemaPrefix().isEmpty()
                ? pipeline
                : pipeline.loading(pipeline.load()
                                .into(environment.place(pipeline.load().table())))
                        .reading(of(pipeline.extract()))
                        .completed(uses(pipeline.uses()), pipeline.origins());
    }

    private ExtractSpec of(ExtractSpec extract) {
        if (!(extract.extract().reading() instanceof Reading.Table table)) {
            return extract;
        }
        TableName place =
                of(new DatasetName(extract.connection(), table.name())).table();
        Extract read = extract.extract();
        return new ExtractSpec(
                extract.connection(),
                extract.sourceSystem(),
                new Extract(
                        new Reading.Table(place),
                        read.columns(),
                        read.where(),
                        read.deletesWhen(),
                        read.files(),
                        read.knownTypes()),
                extract.incremental(),
                extract.slice(),
                extract.scan(),
                extract.allowEmpty());
    }

    CheckFile of(CheckFile file) {
        return new CheckFile(file.place(), of(file.table()), file.schedule(), file.checks(), uses(file.uses()));
    }

    Contracts of(Contracts contracts) {
        List<Contract> current = contracts.current().stream()
                .map(each -> each.bound(of(each.table()), each.promises(), uses(each.uses())))
                .toList();
        return new Contracts(current, contracts.published(), contracts.notices());
    }

    LoadTest of(LoadTest test) {
        return test.named(
                of(test.before()),
                test.batches().stream()
                        .map(batch -> new LoadTest.Batch(batch.source(), of(batch.inputs()), batch.now()))
                        .toList(),
                of(test.after()));
    }

    private <T> Map<DatasetName, T> of(Map<DatasetName, T> tables) {
        Map<DatasetName, T> placed = new LinkedHashMap<>();
        tables.forEach((name, value) -> placed.put(of(name), value));
        return placed;
    }

    private List<DatasetUse> uses(List<DatasetUse> uses) {
        return uses.stream()
                .map(use -> {
                    DatasetName place = of(use.dataset());
                    Load load = use.load();
                    return new DatasetUse(
                            use.written(), place, use.producer(), load == null ? null : load.into(place.table()));
                })
                .toList();
    }

    private DatasetName of(DatasetName dataset) {
        String key = key(dataset);
        boolean history = key.endsWith(HISTORY) && own.contains(key.substring(0, key.length() - HISTORY.length()));
        return history || own.contains(key)
                ? new DatasetName(dataset.connection(), environment.place(dataset.table()))
                : dataset;
    }

    private static String key(DatasetName name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
