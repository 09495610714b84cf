package io.headworks.api.ledger;

import io.headworks.api.engine.RejectColumns;
import io.headworks.api.name.NameTable;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns of the tables we keep in a target: {@code ledger}, {@code fence} and {@code dead_letter}, in schema {@code
 * headworks} (or with prefix {@code hw_} where there are no schemas). A target declares them in its own types.
 */
public final class LedgerTables {
    public static final String SCHEMA = "headworks";
    public static final String PREFIX = "hw_";
    public static final String LEDGER = "ledger";
    public static final String FENCE = "fence";
    public static final String DEAD_LETTER = "dead_letter";

    public static final Schema LEDGER_COLUMNS = new Schema(List.of(
            required("ledger_version", Simple.INT32),
            required("project_id", DataType.TEXT),
            required("environment", DataType.TEXT),
            required("tenant", DataType.TEXT),
            required("pipeline", DataType.TEXT),
            required("dataset", DataType.TEXT),
            required("run_id", DataType.TEXT),
            required("run_number", DataType.BIGINT),
            required("epoch", Simple.INT32),
            required("kind", DataType.TEXT),
            optional("slice_from", DataType.TEXT),
            optional("slice_to", DataType.TEXT),
            required("fence", DataType.BIGINT),
            optional("position_before", DataType.TEXT),
            optional("position_after", DataType.TEXT),
            required("source_identity", DataType.TEXT),
            required("schema_hash", DataType.TEXT),
            required("plan_hash", DataType.TEXT),
            required("rows_inserted", DataType.BIGINT),
            required("rows_updated", DataType.BIGINT),
            required("rows_unchanged", DataType.BIGINT),
            required("rows_deleted", DataType.BIGINT),
            required("rows_rejected", DataType.BIGINT),
            required("hash_algorithm", DataType.TEXT),
            required("content_hash", DataType.TEXT),
            required("hw_version", DataType.TEXT),
            required("committed_at", DataType.TIMESTAMPTZ)));

    /** The ledger's primary key. */
    public static final List<String> LEDGER_KEY =
            List.of("project_id", "environment", "tenant", "pipeline", "dataset", "run_id", "epoch");

    public static final Schema FENCE_COLUMNS = new Schema(List.of(
            required("dataset", DataType.TEXT),
            required("number", DataType.BIGINT),
            required("run_id", DataType.TEXT),
            required("taken_at", DataType.TIMESTAMPTZ)));

    /** Dead letters: who rejected what, then {@link RejectColumns}, then what became of it. */
    public static final Schema DEAD_LETTER_COLUMNS = deadLetterColumns();

    private static final Set<String> OURS =
            Set.of(PREFIX + LEDGER, PREFIX + FENCE, PREFIX + DEAD_LETTER, PREFIX + NameTable.NAME);

    private LedgerTables() {}

    /**
     * True for a table of ours among the user's, where there are no schemas: one of the above, or one that a load builds
     * beside its table. Databases may spell them in capitals.
     */
    public static boolean isOurs(String table) {
        String name = table.toLowerCase(Locale.ROOT);
        return OURS.contains(name) || name.startsWith(PREFIX + "tmp_");
    }

    /** The row's values in the order of {@link #LEDGER_COLUMNS}: String, Integer, Long, Instant or null. */
    public static List<@Nullable Object> values(LedgerRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        LedgerKey key = row.key();
        values.add(row.ledgerVersion());
        values.addAll(List.of(key.projectId(), key.environment(), key.tenant(), key.pipeline(), key.dataset()));
        values.addAll(List.of(row.runId(), row.runNumber(), row.epoch(), row.kind()));
        values.add(row.sliceFrom());
        values.add(row.sliceTo());
        values.add(row.fence());
        values.add(row.positionBefore());
        values.add(row.positionAfter());
        values.addAll(List.of(row.sourceIdentity(), row.schemaHash(), row.planHash()));
        values.addAll(List.of(row.rowsInserted(), row.rowsUpdated(), row.rowsUnchanged(), row.rowsDeleted()));
        values.addAll(List.of(row.rowsRejected(), row.hashAlgorithm(), row.contentHash(), row.hwVersion()));
        values.add(row.committedAt());
        return values;
    }

    /** A row from its values in the order of {@link #LEDGER_COLUMNS}; the inverse of {@link #values}. */
    public static LedgerRow row(List<@Nullable Object> values) {
        return new LedgerRow(
                ((Number) given(values, 0)).intValue(),
                new LedgerKey(text(values, 1), text(values, 2), text(values, 3), text(values, 4), text(values, 5)),
                text(values, 6),
                number(values, 7),
                (int) number(values, 8),
                text(values, 9),
                (String) values.get(10),
                (String) values.get(11),
                number(values, 12),
                (String) values.get(13),
                (String) values.get(14),
                text(values, 15),
                text(values, 16),
                text(values, 17),
                number(values, 18),
                number(values, 19),
                number(values, 20),
                number(values, 21),
                number(values, 22),
                text(values, 23),
                text(values, 24),
                text(values, 25),
                (Instant) given(values, 26));
    }

    private static String text(List<@Nullable Object> values, int index) {
        return (String) given(values, index);
    }

    private static long number(List<@Nullable Object> values, int index) {
        return ((Number) given(values, index)).longValue();
    }

    private static Object given(List<@Nullable Object> values, int index) {
        Object value = values.get(index);
        if (value == null) {
            throw new IllegalArgumentException("Cannot read a ledger row: column '"
                    + LEDGER_COLUMNS.names().get(index) + "' is NULL");
        }
        return value;
    }

    private static Schema deadLetterColumns() {
        List<Field> fields = new ArrayList<>(List.of(
                required("id", DataType.TEXT),
                required("project_id", DataType.TEXT),
                required("environment", DataType.TEXT),
                required("pipeline", DataType.TEXT),
                required("dataset", DataType.TEXT),
                required("run_id", DataType.TEXT),
                required("rejected_at", DataType.TIMESTAMPTZ)));
        fields.addAll(RejectColumns.SCHEMA.fields());
        fields.add(optional("resolved_run_id", DataType.TEXT));
        fields.add(optional("resolved_at", DataType.TIMESTAMPTZ));
        return new Schema(fields);
    }

    private static Field required(String name, DataType type) {
        return new Field(name, type, false);
    }

    private static Field optional(String name, DataType type) {
        return new Field(name, type, true);
    }
}
