package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;

import io.headworks.api.dataset.TableName;
import io.headworks.api.load.History;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.Strategy;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Values;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How rows enter a table. */
final class LoadFormat {
    private static final Key<String> CONNECTION = Key.of("connection", Names.TARGET, "Where to write.")
            .mandatory()
            .accepting("target_system")
            .like("warehouse");
    private static final Key<TableName> TABLE =
            Key.of("table", Names.TABLE_NAME, "The table to write.").mandatory().like("marts.fct_orders");
    private static final Key<Strategy> STRATEGY = Key.of(
                    "strategy",
                    ChoiceKind.of(List.of(Strategy.values())),
                    "view stores nothing (SQL models); append inserts; upsert inserts or updates by key; merge also deletes; soft-delete marks deleted rows; truncate-reload replaces the table at once; partition-swap replaces whole partitions.")
            .mandatory()
            .like("upsert");
    private static final Key<List<String>> MERGE_KEYS = Key.of(
                    "merge_keys",
                    ListKind.oneOrMore(COLUMN),
                    "The columns that make two rows the same. Default: the source's primary key, shown by the plan.")
            .like("[order_id]");
    private static final Key<List<String>> ORDER_BY = Key.of(
                    "order_by",
                    ListKind.oneOrMore(COLUMN),
                    "A row wins over an older one of its key. Default: the incremental key.")
            .like("updated_at");
    private static final Key<Deletes> DELETES = Key.of(
                    "deletes",
                    ChoiceKind.of(List.of(Deletes.values())),
                    "What becomes of deleted rows. Default: apply with merge, mark with soft-delete.")
            .like("apply");
    private static final Key<String> DELETED_COLUMN =
            Key.of("deleted_column", COLUMN, "The mark of deleted rows.").byDefault("is_deleted", "is_deleted");
    private static final Key<Partitioning> PARTITION_KEY = Key.of(
                    "partition_key", LoadParts.PARTITION, "How the table is cut.")
            .like("{column: order_date, by: month}");
    private static final Key<List<String>> CLUSTERING = Key.of(
                    "clustering_keys", ListKind.oneOrMore(COLUMN), "What rows are ordered by in storage.")
            .byDefault(List.of(), "none")
            .like("[customer_id]");
    private static final Key<SchemaPolicy> SCHEMA_CHANGES = Key.of(
                    "schema_changes",
                    LoadParts.SCHEMA_POLICY,
                    "What may change by itself: evolve, freeze, or discard-row.")
            .byDefault(SchemaPolicy.EVOLVE, "evolve");
    private static final Key<Breaker> MAX_CHANGE = Key.of(
                    "max_change", LoadParts.BREAKER, "Stops a load that deletes or changes too many keys.")
            .usually("merge, soft-delete and truncate-reload: {deleted: 30%, min_rows: 1000}; others: no limit")
            .like("{deleted: 30%, min_rows: 1000}");
    private static final Key<Optional<AuditColumns>> AUDIT = Key.of(
                    "audit_columns", LoadParts.AUDIT, "Columns added to tables we create; none turns them off.")
            .byDefault(Optional.of(AuditColumns.DEFAULT), "{run: _hw_run, loaded_at: _hw_loaded_at}");
    private static final Key<SqlBody> BEFORE = Key.of(
                    "before",
                    SqlBodyKind.STATEMENT,
                    "SQL at the start of the load's transaction, in the target's dialect.")
            .like("sql/lock.sql");
    private static final Key<SqlBody> AFTER = Key.of(
                    "after", SqlBodyKind.STATEMENT, "SQL after COMMIT; its failure makes the run partial.")
            .like("sql/refresh.sql");

    private static final Key<History> SCD = Key.of(
                    "scd",
                    HistoryFormat.KIND,
                    "What the table keeps of earlier values (slowly changing dimensions); with strategy merge.")
            .like("{default: 2, columns: {email: 1}, valid_at: updated_at}");

    static final ObjectKind<LoadDraft> KIND = ObjectKind.of(
            "load",
            "How rows enter a table.",
            List.of(
                    CONNECTION,
                    TABLE,
                    STRATEGY,
                    MERGE_KEYS,
                    ORDER_BY,
                    DELETES,
                    DELETED_COLUMN,
                    PARTITION_KEY,
                    CLUSTERING,
                    SCHEMA_CHANGES,
                    MAX_CHANGE,
                    AUDIT,
                    BEFORE,
                    AFTER,
                    SCD,
                    Key.later("grants", "granting rights"),
                    Key.later("children", "child tables"),
                    Key.later("send", "HTTP targets"),
                    Key.later("tenant", "tenants")),
            LoadFormat::bind);

    private LoadFormat() {}

    private static @Nullable LoadDraft bind(Values values) {
        Strategy strategy = values.get(STRATEGY);
        Partitioning partition = values.find(PARTITION_KEY);
        if (strategy == Strategy.VIEW && !isPlainView(values)) {
            return null;
        }
        if (strategy == Strategy.PARTITION_SWAP && partition == null) {
            values.refuse(
                    STRATEGY,
                    "missing-key",
                    "partition-swap needs partition_key",
                    "add partition_key: {column: order_date, by: month}");
            return null;
        }
        History history = values.find(SCD);
        if (history != null && !fits(values, history, strategy)) {
            return null;
        }
        Deletes deletes = history == null ? deletes(values, strategy) : deletes(history);
        if (deletes == null) {
            return null;
        }
        SqlBody before = values.find(BEFORE);
        SqlBody after = values.find(AFTER);
        Load load = new Load(
                values.get(TABLE),
                strategy,
                listed(values, MERGE_KEYS),
                listed(values, ORDER_BY),
                deletes,
                values.get(DELETED_COLUMN),
                partition,
                values.get(CLUSTERING),
                values.get(SCHEMA_CHANGES),
                breaker(values, strategy, deletes),
                values.get(AUDIT).orElse(null),
                before == null ? null : before.text(),
                after == null ? null : after.text(),
                history);
        return new LoadDraft(values.get(CONNECTION), load, values.where(STRATEGY));
    }

    /** A view is its SELECT and nothing else. */
    private static boolean isPlainView(Values values) {
        boolean plain = true;
        for (Key<?> key : List.of(PARTITION_KEY, CLUSTERING, MAX_CHANGE, SCD, DELETES, DELETED_COLUMN)) {
            if (values.has(key)) {
                values.refuse(key, "conflicting-keys", "a view stores nothing, and it has no effect", "take it out");
                plain = false;
            }
        }
        return plain;
    }

    /** What may delete has a limit: an emptied source would empty the table. */
    private static Breaker breaker(Values values, Strategy strategy, Deletes deletes) {
        Breaker given = values.find(MAX_CHANGE);
        boolean mayDelete = strategy == Strategy.TRUNCATE_RELOAD || strategy.needsKeys() && deletes != Deletes.IGNORE;
        return given != null ? given : mayDelete ? Breaker.USUAL : Breaker.NONE;
    }

    /** Who reads the batch asks whether its deletions mean anything; what they mean is the history's. */
    private static Deletes deletes(History history) {
        return history.deletes() == History.Deletes.IGNORE ? Deletes.IGNORE : Deletes.APPLY;
    }

    private static boolean fits(Values values, History history, Strategy strategy) {
        boolean fits = true;
        if (strategy != Strategy.MERGE) {
            values.refuse(
                    SCD,
                    "conflicting-keys",
                    "strategy " + strategy.key() + " keeps no history (allowed: merge)",
                    "write strategy: merge");
            fits = false;
        }
        for (Key<?> key : List.of(DELETES, DELETED_COLUMN)) {
            if (values.has(key)) {
                values.refuse(
                        key,
                        "conflicting-keys",
                        "with scd it has no effect",
                        key == DELETES ? "write it in scd: scd.deletes" : "write scd.names.deleted");
                fits = false;
            }
        }
        for (String column : history.columns().keySet()) {
            if (listed(values, MERGE_KEYS).contains(column)
                    || listed(values, ORDER_BY).contains(column)) {
                values.refuse(
                        SCD,
                        "conflicting-keys",
                        "column '" + column + "' is one of merge_keys or order_by, which are never tracked",
                        "remove it from scd.columns");
                fits = false;
            }
        }
        if (history.validAt() != null && listed(values, MERGE_KEYS).contains(history.validAt())) {
            values.refuse(SCD, "conflicting-keys", "valid_at '" + history.validAt() + "' is one of merge_keys", null);
            fits = false;
        }
        return fits;
    }

    private static List<String> listed(Values values, Key<List<String>> key) {
        List<String> given = values.find(key);
        return given == null ? List.of() : given;
    }

    private static @Nullable Deletes deletes(Values values, Strategy strategy) {
        Deletes usual = switch (strategy) {
            case MERGE -> Deletes.APPLY;
            case SOFT_DELETE -> Deletes.MARK;
            default -> Deletes.IGNORE;
        };
        Deletes given = values.find(DELETES);
        if (given == null || given == usual || strategy == Strategy.MERGE) {
            return given == null ? usual : given;
        }
        values.refuse(
                DELETES,
                "conflicting-keys",
                "'" + ChoiceKind.spelling(given) + "' makes no sense with strategy " + strategy.key() + " (allowed: "
                        + ChoiceKind.spelling(usual) + ")",
                "write strategy: merge");
        return null;
    }
}
