package io.headworks.api.ledger;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
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

    /**
     * A run takes its number when it looks, before it has the fence: in between another may have loaded the same rows.
     *
     * @param last the highest number in the ledger, of other runs of the dataset
     * @throws HeadworksException of kind HELD unless this row's is above it
     */
    public void requireAbove(long last) {
        if (runNumber <= last) {
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot record run " + runId + " of " + key.dataset()
                            + ": another run has loaded it since this one looked (number " + runNumber
                            + ", allowed: above " + last + ")",
                    "run it again: it goes on from there");
        }
    }
}
