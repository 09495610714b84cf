package io.headworks.api.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One committed epoch of one run: ledger version 1. Written in the transaction of the data it describes. Columns are
 * only ever added; their names are the components' in snake_case.
 *
 * @param runId UUIDv7
 * @param runNumber the value of the audit column {@code _hw_run}; rises by one per committed run of a dataset
 * @param kind live, slice, backfill or repair
 * @param positionBefore typed JSON owned by the source; null on a first run
 */
public record LedgerRow(
        int ledgerVersion,
        LedgerKey key,
        String runId,
        long runNumber,
        int epoch,
        String kind,
        @Nullable String sliceFrom,
        @Nullable String sliceTo,
        long fence,
        @Nullable String positionBefore,
        @Nullable String positionAfter,
        String sourceIdentity,
        String schemaHash,
        String planHash,
        long rowsInserted,
        long rowsUpdated,
        long rowsUnchanged,
        long rowsDeleted,
        long rowsRejected,
        String hashAlgorithm,
        String contentHash,
        String hwVersion,
        Instant committedAt) {
    public static final int VERSION = 1;
}
