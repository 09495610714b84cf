package io.headworks.api.target;

import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.name.StoredName;
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
 * @param replacing how the table would be replaced as a whole; null where that does not depend on the table
 * @param replacingPart how a partition of it would be replaced; null where that does not depend on the table
 * @param view true when it is a view, which holds no rows of its own
 * @param names what the table, its columns and the columns of its sources are called, where it is not by their own names
 */
public record TargetState(
        @Nullable Schema schema,
        @Nullable Long rows,
        @Nullable LedgerRow lastCommitted,
        long lastRunNumber,
        List<String> primaryKey,
        @Nullable String replacing,
        @Nullable String replacingPart,
        boolean view,
        List<StoredName> names) {
    public TargetState {
        primaryKey = List.copyOf(primaryKey);
        names = List.copyOf(names);
    }

    public TargetState(
            @Nullable Schema schema,
            @Nullable Long rows,
            @Nullable LedgerRow lastCommitted,
            long lastRunNumber,
            List<String> primaryKey) {
        this(schema, rows, lastCommitted, lastRunNumber, primaryKey, null, null, List.of());
    }

    /** Of a table. */
    public TargetState(
            @Nullable Schema schema,
            @Nullable Long rows,
            @Nullable LedgerRow lastCommitted,
            long lastRunNumber,
            List<String> primaryKey,
            @Nullable String replacing,
            @Nullable String replacingPart,
            List<StoredName> names) {
        this(schema, rows, lastCommitted, lastRunNumber, primaryKey, replacing, replacingPart, false, names);
    }

    /** Of a view. */
    public static TargetState ofView(Schema columns, @Nullable LedgerRow lastCommitted, long lastRunNumber) {
        return new TargetState(columns, null, lastCommitted, lastRunNumber, List.of(), null, null, true, List.of());
    }
}
