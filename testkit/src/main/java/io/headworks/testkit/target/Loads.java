package io.headworks.testkit.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.Strategy;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads for tests, changed one component at a time. */
record Loads(
        TableName table,
        Strategy strategy,
        List<String> keys,
        List<String> orderBy,
        Deletes deletes,
        @Nullable Partitioning partition,
        Breaker breaker,
        @Nullable AuditColumns audit) {
    static final String MARK = "is_deleted";

    static Loads of(Strategy strategy, String... keys) {
        Deletes deletes = strategy == Strategy.SOFT_DELETE ? Deletes.MARK : Deletes.APPLY;
        return new Loads(
                new TableName(null, "orders"),
                strategy,
                List.of(keys),
                List.of(),
                deletes,
                null,
                Breaker.NONE,
                AuditColumns.DEFAULT);
    }

    Loads into(TableName other) {
        return new Loads(other, strategy, keys, orderBy, deletes, partition, breaker, audit);
    }

    Loads orderedBy(String... columns) {
        return new Loads(table, strategy, keys, List.of(columns), deletes, partition, breaker, audit);
    }

    Loads deleting(Deletes how) {
        return new Loads(table, strategy, keys, orderBy, how, partition, breaker, audit);
    }

    Loads partitioned(String column, Partitioning.By by) {
        return new Loads(table, strategy, keys, orderBy, deletes, new Partitioning(column, by), breaker, audit);
    }

    Loads allowingDeletes(String share, long minRows) {
        Breaker limited = new Breaker(new BigDecimal(share), null, minRows);
        return new Loads(table, strategy, keys, orderBy, deletes, partition, limited, audit);
    }

    Loads allowingChanges(String share, long minRows) {
        Breaker limited = new Breaker(null, new BigDecimal(share), minRows);
        return new Loads(table, strategy, keys, orderBy, deletes, partition, limited, audit);
    }

    Loads withoutAudit() {
        return new Loads(table, strategy, keys, orderBy, deletes, partition, breaker, null);
    }

    boolean marks() {
        return strategy == Strategy.SOFT_DELETE || (strategy == Strategy.MERGE && deletes == Deletes.MARK);
    }

    Load load() {
        return new Load(
                table,
                strategy,
                keys,
                orderBy,
                deletes,
                MARK,
                partition,
                List.of(),
                SchemaPolicy.EVOLVE,
                breaker,
                audit,
                null,
                null);
    }
}
