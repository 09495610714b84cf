package io.headworks.api.load;

import io.headworks.api.dataset.TableName;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline's rows enter its table.
 *
 * @param mergeKeys compared by the target's own rule; empty for none
 * @param orderBy a row wins over an older one of its key, in the batch and in the table
 * @param deletedColumn the mark of {@link Deletes#MARK}
 * @param history what is kept of earlier values; null where a row is written over
 */
public record Load(
        TableName table,
        Strategy strategy,
        List<String> mergeKeys,
        List<String> orderBy,
        Deletes deletes,
        String deletedColumn,
        @Nullable Partitioning partition,
        List<String> clusteringKeys,
        SchemaPolicy schemaChanges,
        Breaker breaker,
        @Nullable AuditColumns audit,
        @Nullable String before,
        @Nullable String after,
        @Nullable History history) {

    public Load {
        mergeKeys = List.copyOf(mergeKeys);
        orderBy = List.copyOf(orderBy);
        clusteringKeys = List.copyOf(clusteringKeys);
    }

    /** The same with another limit on what it may delete or change. */
    public Load with(Breaker other) {
        return new Load(
                table,
                strategy,
                mergeKeys,
                orderBy,
                deletes,
                deletedColumn,
                partition,
                clusteringKeys,
                schemaChanges,
                other,
                audit,
                before,
                after,
                history);
    }

    /** A load that keeps no history. */
    public Load(
            TableName table,
            Strategy strategy,
            List<String> mergeKeys,
            List<String> orderBy,
            Deletes deletes,
            String deletedColumn,
            @Nullable Partitioning partition,
            List<String> clusteringKeys,
            SchemaPolicy schemaChanges,
            Breaker breaker,
            @Nullable AuditColumns audit,
            @Nullable String before,
            @Nullable String after) {
        this(
                table,
                strategy,
                mergeKeys,
                orderBy,
                deletes,
                deletedColumn,
                partition,
                clusteringKeys,
                schemaChanges,
                breaker,
                audit,
                before,
                after,
                null);
    }

    /** The columns of which each row of the table has its own values, as far as this load writes it; empty for none. */
    public List<String> uniqueKey() {
        if (history != null && history.keepsVersions()) {
            return Stream.concat(mergeKeys.stream(), Stream.of(history.names().from()))
                    .toList();
        }
        return strategy.needsKeys() || strategy == Strategy.APPEND ? mergeKeys : List.of();
    }

    /** The same into another table. */
    public Load into(TableName other) {
        return new Load(
                other,
                strategy,
                mergeKeys,
                orderBy,
                deletes,
                deletedColumn,
                partition,
                clusteringKeys,
                schemaChanges,
                breaker,
                audit,
                before,
                after,
                history);
    }

    /** The same with keys and order filled in. */
    public Load with(List<String> keys, List<String> order) {
        return new Load(
                table,
                strategy,
                keys,
                order,
                deletes,
                deletedColumn,
                partition,
                clusteringKeys,
                schemaChanges,
                breaker,
                audit,
                before,
                after,
                history);
    }

    public enum Deletes {
        APPLY,
        MARK,
        IGNORE
    }

    /** A column cut by value or by calendar unit (in UTC). */
    public record Partitioning(String column, By by) {
        public enum By {
            VALUE,
            YEAR,
            MONTH,
            DAY,
            HOUR
        }
    }

    /** What may change by itself: new tables, new columns, wider types. */
    public record SchemaPolicy(Mode tables, Mode columns, Mode types) {
        public static final SchemaPolicy EVOLVE = new SchemaPolicy(Mode.EVOLVE, Mode.EVOLVE, Mode.EVOLVE);

        public enum Mode {
            EVOLVE,
            FREEZE,
            DISCARD_ROW
        }
    }

    /**
     * Stops a load that deletes or changes more than a share (0 to 1) of the keys there were, in tables of at least
     * {@code minRows}; a null share is no limit.
     */
    public record Breaker(
            @Nullable BigDecimal deleted, @Nullable BigDecimal changed, long minRows) {
        public static final Breaker NONE = new Breaker(null, null, 0);

        /** Where a load may delete and nothing is said: 30 % of the keys, in tables of 1,000 rows and more. */
        public static final Breaker USUAL = new Breaker(new BigDecimal("0.3"), null, 1000);
    }

    /** Columns added to every row of tables we create. */
    public record AuditColumns(String run, String loadedAt) {
        public static final AuditColumns DEFAULT = new AuditColumns("_hw_run", "_hw_loaded_at");
    }
}
