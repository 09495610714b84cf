package io.headworks.core.service;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.check.CheckResult;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** All rows that failed checks, in a file of a JSON object a line: the check, the dataset and the row as it is. */
public final class FailingRowsFile implements AutoCloseable {
    private final Path file;
    private final BufferedWriter out;

    public FailingRowsFile(Path file) {
        this.file = file;
        try {
            this.out = Files.newBufferedWriter(file);
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    /** Rows of a rule that points at none are none. */
    void add(EngineSession engine, CheckScope scope, CheckResult result, String dataset) {
        boolean wanted = result.status() == CheckResult.Status.FAILED || result.status() == CheckResult.Status.WARNED;
        Optional<Relation> rows = wanted ? engine.failing(scope, result.check()) : Optional.empty();
        if (rows.isPresent()) {
            String begin = "{\"check\":" + Json.compact(result.check().name()) + ",\"dataset\":" + Json.compact(dataset)
                    + ",\"row\":";
            try (BatchReader reader = engine.read(rows.get())) {
                for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                    for (int row = 0; row < batch.rows(); row++) {
                        out.write(begin + CellValues.of(batch, 0, row) + "}\n");
                    }
                }
            } catch (IOException failed) {
                throw cannotWrite(failed);
            }
        }
    }

    private HeadworksException cannotWrite(IOException failed) {
        return new HeadworksException(
                FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }
}
