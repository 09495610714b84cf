package io.headworks.testkit.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.name.NameRule;
import io.headworks.api.name.StoredName;
import io.headworks.api.name.StoredName.Of;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A target under test with its session: batches in, loads as a run makes them, rows out. */
final class TargetLab {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    final EngineSession session;
    final Target target;
    private int names;

    TargetLab(EngineSession session, Target target) {
        this.session = session;
        this.target = target;
    }

    static LedgerKey key(TableName table) {
        return new LedgerKey("0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10", "dev", "", "orders", "warehouse:" + table);
    }

    /** A batch in work storage with OP and SEQ; made before a transaction begins, as a run does. */
    Relation batch(Schema schema, List<BatchRow> rows) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field(HiddenColumns.OP, DataType.TEXT, false));
        fields.add(new Field(HiddenColumns.SEQ, DataType.BIGINT, false));
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (BatchRow row : rows) {
            List<@Nullable Object> all = new ArrayList<>(row.values());
            all.add(row.deletion() ? "delete" : "upsert");
            all.add((long) values.size());
            values.add(all);
        }
        Relation loaded = load(new Schema(fields), values);
        return new Relation(loaded.sql(), schema, List.of(HiddenColumns.OP, HiddenColumns.SEQ));
    }

    /** A batch in work storage without hidden columns. */
    Relation plain(Schema schema, List<? extends List<?>> rows) {
        return load(schema, rows);
    }

    private Relation load(Schema schema, List<? extends List<?>> rows) {
        names++;
        return session.load("batch" + names, Values.reader(schema, rows));
    }

    List<List<@Nullable Object>> rows(Relation relation) {
        BatchReader reader = session.read(relation);
        return Values.read(reader);
    }

    List<List<@Nullable Object>> table(TableName table) {
        return rows(target.read(table));
    }

    /** What one load did, and the rows it said it touched. */
    record Done(LoadCounts counts, List<List<@Nullable Object>> touched, Schema touchedSchema) {}

    /** One whole load: fence, transaction, ledger row, commit and read-back. */
    Done run(int number, Loads load, Relation batch, BatchKind kind, @Nullable Slice slice, boolean materialised) {
        Fence fence = take(load.table(), number);
        List<SchemaChange> changes = changes(load, batch.schema());
        Done done;
        try (LoadTransaction transaction = target.begin(fence, load.table())) {
            transaction.change(changes);
            done = apply(transaction, number, load, batch, kind, slice, materialised);
            transaction.record(ledgerRow(number, load.table(), fence, done.counts()));
            transaction.commit();
        }
        Optional<LedgerRow> committed = target.committed(key(load.table()), runId(number), 1);
        assertThat(committed).contains(ledgerRow(number, load.table(), fence, done.counts()));
        return done;
    }

    Done apply(
            LoadTransaction transaction,
            int number,
            Loads load,
            Relation batch,
            BatchKind kind,
            @Nullable Slice slice,
            boolean materialised) {
        LoadCounts counts = transaction.apply(
                new LoadRequest(load.load(), batch, materialised, kind, slice, number, NOW.plusSeconds(number)));
        Relation touched = transaction.touched();
        return new Done(counts, rows(touched), touched.schema());
    }

    Fence take(TableName table, int number) {
        return target.takeFence(key(table), table, runId(number), NOW);
    }

    static String runId(int number) {
        return String.format("0192f3c4-7c1e-7b1a-9f3e-%012d", number);
    }

    /** What a planner asks for: the table when it is missing, or else its missing columns. */
    List<SchemaChange> changes(Loads load, Schema batch) {
        List<Field> wanted = new ArrayList<>(batch.fields());
        if (load.marks()) {
            wanted.add(new Field(Loads.MARK, Simple.BOOLEAN, true));
        }
        if (load.audit() != null) {
            wanted.add(new Field(load.audit().run(), DataType.BIGINT, true));
            wanted.add(new Field(load.audit().loadedAt(), DataType.TIMESTAMPTZ, true));
        }
        Schema present = target.observe(key(load.table()), load.table()).schema();
        if (present == null) {
            List<SchemaChange> changes = names(load.table(), wanted);
            changes.add(
                    new SchemaChange.CreateTable(new Schema(wanted), load.load().uniqueKey()));
            return changes;
        }
        return List.of();
    }

    private List<SchemaChange> names(TableName table, List<Field> columns) {
        NameRule rule = target.abilities().names();
        List<SchemaChange> names = new ArrayList<>();
        if (!rule.holds(table.table())) {
            names.add(new SchemaChange.KeepName(new StoredName(Of.TABLE, table.table(), rule.fitted(table.table()))));
        }
        columns.stream()
                .map(Field::name)
                .filter(name -> !rule.holds(name))
                .forEach(name ->
                        names.add(new SchemaChange.KeepName(new StoredName(Of.COLUMN, name, rule.fitted(name)))));
        return names;
    }

    static LedgerRow ledgerRow(int number, TableName table, Fence fence, LoadCounts counts) {
        return new LedgerRow(
                LedgerRow.VERSION,
                key(table),
                fence.runId(),
                number,
                1,
                "live",
                null,
                null,
                fence.number(),
                number == 1 ? null : "{\"after\": " + (number - 1) + "}",
                "{\"after\": " + number + "}",
                "a source's \"identity\"",
                "schema-hash",
                "plan-hash",
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.deleted(),
                7,
                counts.hashAlgorithm(),
                counts.contentHash(),
                "0.1.0",
                NOW.plusSeconds(number));
    }
}
