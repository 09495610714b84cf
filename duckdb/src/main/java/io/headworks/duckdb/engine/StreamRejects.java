package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.RejectedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows that several threads reject while a statement runs, until it is done and its connection can take them. So they are
 * held in memory, and there is an end to that.
 */
final class StreamRejects implements Consumer<RejectedRow> {
    private static final int MOST = 100_000;
    private final List<RejectedRow> rows = new ArrayList<>();

    @Override
    public synchronized void accept(RejectedRow row) {
        if (rows.size() == MOST) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot read " + row.source() + ": more than " + MOST + " rows do not fit, the last one because: "
                            + row.reason(),
                    "say another type for that column in extract.columns");
        }
        rows.add(row);
    }

    synchronized List<RejectedRow> rows() {
        return rows;
    }
}
