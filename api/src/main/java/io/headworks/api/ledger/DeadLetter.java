package io.headworks.api.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rejected row as it stands in a target; the columns of {@link LedgerTables#DEAD_LETTER_COLUMNS}. */
public record DeadLetter(
        String id,
        String pipeline,
        String dataset,
        String runId,
        Instant rejectedAt,
        String stage,
        String code,
        @Nullable String rule,
        String reason,
        @Nullable String source,
        @Nullable Long line,
        @Nullable Long byteOffset,
        @Nullable String column,
        @Nullable String payload,
        @Nullable String raw,
        @Nullable String resolvedRunId) {

    /** The same with another row. */
    public DeadLetter with(String row) {
        return showing(reason, row, raw);
    }

    /** The same with other texts. */
    public DeadLetter showing(String because, @Nullable String row, @Nullable String text) {
        return new DeadLetter(
                id,
                pipeline,
                dataset,
                runId,
                rejectedAt,
                stage,
                code,
                rule,
                because,
                source,
                line,
                byteOffset,
                column,
                row,
                text,
                resolvedRunId);
    }
}
