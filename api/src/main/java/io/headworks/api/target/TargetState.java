package io.headworks.api.target;

import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a target table found.
 *
 * @param schema null when the table does not exist
 * @param rows an estimate or count; null when the table does not exist or it is unknown
 * @param lastCommitted the newest ledger row of this key that moved the position (kind live); null on a first run
 * @param lastRunNumber the highest run number of this dataset; 0 when there is none
 * @param primaryKey of the table; empty when there is none
 */
public record TargetState(
        @Nullable Schema schema,
        @Nullable Long rows,
        @Nullable LedgerRow lastCommitted,
        long lastRunNumber,
        List<String> primaryKey) {
    public TargetState {
        primaryKey = List.copyOf(primaryKey);
    }
}
