package io.headworks.core.isolation;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batches in place of a source. A pipeline that reads whole files sees each batch as a file of its own, and where it goes
 * from file to file, those of earlier runs are still there; any other sees the newest batch and nothing else.
 *
 * @param given the batches of the runs so far, all with the same columns; the last is this run's
 * @param now the source's clock
 * @param keepsFiles whether the files of earlier runs are still there
 */
public record FrozenSource(List<FrozenBatch> given, List<String> primaryKey, Instant now, boolean keepsFiles)
        implements Source {
    private static final String IDENTITY = "frozen";

    public FrozenSource {
        given = List.copyOf(given);
        primaryKey = List.copyOf(primaryKey);
    }

    /** How a batch is called where a file's path is wanted. */
    public static String path(int index) {
        return "batch-" + (index + 1);
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        return new SourceState(
                columns(extract),
                newest().rows(),
                null,
                now,
                IDENTITY,
                primaryKey,
                extract.reading() instanceof Extract.Reading.Files ? files() : List.of(),
                Map.of(),
                List.of());
    }

    private FrozenBatch newest() {
        return given.get(given.size() - 1);
    }

    private Schema columns(Extract extract) {
        Schema all = newest().schema();
        boolean ofFiles = extract.reading() instanceof Extract.Reading.Files;
        if (extract.columns().isEmpty() || ofFiles) {
            return all;
        }
        List<String> wanted =
                extract.columns().stream().map(Extract.ColumnChoice::name).toList();
        Schema chosen = newest().chosen(wanted);
        if (chosen.fields().size() < wanted.size()) {
            List<String> missing = new ArrayList<>(wanted);
            missing.removeAll(chosen.names());
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read the batch: no column " + String.join(", ", missing) + " (columns: " + all + ")");
        }
        return chosen;
    }

    private List<FileStamp> files() {
        List<FileStamp> files = new ArrayList<>();
        for (int i = keepsFiles ? 0 : given.size() - 1; i < given.size(); i++) {
            files.add(new FileStamp(path(i), given.get(i).rows(), Instant.EPOCH, Integer.toString(i), Map.of()));
        }
        return files.stream()
                .sorted(java.util.Comparator.comparing(FileStamp::path))
                .toList();
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        List<FrozenBatch> wanted = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String path = path(i);
            boolean last = i == given.size() - 1;
            boolean named = files.stream().anyMatch(file -> file.path().equals(path));
            if (state.files().isEmpty() ? last : named) {
                wanted.add(given.get(i));
            }
        }
        Schema columns = columns(extract);
        return new RowSource.Streamed(rejects -> new InTurn(columns, wanted));
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return false;
    }

    /** Batches are as they were given: conditions and key ranges are applied by the run. */
    @Override
    public boolean filters() {
        return false;
    }

    @Override
    public List<TableName> tables() {
        return List.of();
    }

    @Override
    public void close() {}

    private static final class InTurn implements BatchReader {
        private final Schema columns;
        private final List<FrozenBatch> left;
        private @Nullable BatchReader open;

        InTurn(Schema columns, List<FrozenBatch> batches) {
            this.columns = columns;
            this.left = new ArrayList<>(batches);
        }

        @Override
        public Schema schema() {
            return columns;
        }

        @Override
        public @Nullable ColumnBatch next() throws IOException {
            while (true) {
                if (open == null) {
                    if (left.isEmpty()) {
                        return null;
                    }
                    open = left.remove(0).read(columns);
                }
                ColumnBatch batch = open.next();
                if (batch != null) {
                    return batch;
                }
                open = null;
            }
        }

        @Override
        public void close() {
            left.clear();
        }
    }
}
