package io.headworks.core.run;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.TargetState;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which load each input of a model had last. It is looked at before the rows are, so that a load in between is read again
 * and never missed.
 */
final class ModelInputs {
    private final Project project;
    private final OpenConnections connections;
    private final Map<String, Optional<Long>> runs = new TreeMap<>();

    private ModelInputs(Project project, OpenConnections connections) {
        this.project = project;
        this.connections = connections;
    }

    /** By dataset, in order; those of a view are its own inputs too. Empty where nobody counts the loads. */
    static Map<String, Optional<Long>> runs(Project project, OpenConnections connections, PipelineSpec model) {
        ModelInputs inputs = new ModelInputs(project, connections);
        inputs.visit(model, model.writes());
        return Collections.unmodifiableMap(inputs.runs);
    }

    private void visit(PipelineSpec reader, DatasetName own) {
        for (DatasetUse use : reader.uses()) {
            if (!use.dataset().equals(own) && !runs.containsKey(use.dataset().toString())) {
                visit(use, own);
            }
        }
    }

    private void visit(DatasetUse use, DatasetName own) {
        DatasetName dataset = use.dataset();
        PipelineSpec producer =
                use.producer() == null ? null : project.pipeline(use.producer()).orElse(null);
        runs.put(dataset.toString(), producer == null ? Optional.empty() : lastRun(producer));
        if (producer != null && producer.load().strategy() == Strategy.VIEW) {
            visit(producer, own);
        }
    }

    /** None for a table that is not there: it may be read in another environment, whose loads nobody counts here. */
    private Optional<Long> lastRun(PipelineSpec producer) {
        LedgerKey key = LookAhead.key(project, producer);
        TargetState table = connections
                .target(Objects.requireNonNull(producer.writes().connection()))
                .observe(key, producer.load().table());
        return table.schema() == null ? Optional.empty() : Optional.of(table.lastRunNumber());
    }
}
