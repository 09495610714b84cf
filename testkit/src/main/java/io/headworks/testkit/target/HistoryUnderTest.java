package io.headworks.testkit.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History;
import io.headworks.api.load.History.Names;
import io.headworks.api.load.History.Type;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.load.BesideTable;
import io.headworks.core.load.HistoryLoading;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A table with history that is loaded again and again. */
final class HistoryUnderTest {
    static final Names NAMES = new Names("valid_from", "valid_to", "is_current", "is_deleted", "customer_sk");
    static final Schema CUSTOMERS = new Schema(List.of(
            new Field("id", DataType.TEXT),
            new Field("city", DataType.TEXT),
            new Field("email", DataType.TEXT),
            new Field("at", DataType.TIMESTAMP)));

    private final TargetLab lab;
    private final Load load;
    private final Schema schema;
    private int runs;
    private List<HistoryLoading.Facts> facts = List.of();
    private List<HistoryLoading.Rekeyed> rekeyed = List.of();
    private List<List<@Nullable Object>> touched = List.of();

    HistoryUnderTest(TargetLab lab, Load load, Schema schema) {
        this.lab = lab;
        this.load = load;
        this.schema = schema;
    }

    static Load load(String table, History history, String... orderBy) {
        return new Load(
                new TableName(null, table),
                Strategy.MERGE,
                List.of("id"),
                List.of(orderBy),
                history.deletes() == History.Deletes.IGNORE ? Load.Deletes.IGNORE : Load.Deletes.APPLY,
                "is_deleted",
                null,
                List.of(),
                SchemaPolicy.EVOLVE,
                Breaker.NONE,
                AuditColumns.DEFAULT,
                null,
                null,
                history);
    }

    /** The same table, loaded by another declaration from now on. */
    HistoryUnderTest declaring(Map<String, Type> columns) {
        History old = Objects.requireNonNull(load.history());
        History other = new History(old.byDefault(), columns, old.validAt(), old.deletes(), old.names(), old.openEnd());
        HistoryUnderTest table = new HistoryUnderTest(lab, load(load.table().table(), other), schema);
        table.runs = runs;
        return table;
    }

    Load load() {
        return load;
    }

    /** Every load from now on corrects these. */
    void correcting(FactsUnderTest dependants) {
        facts = List.of(dependants.asDependants());
    }

    /** How many facts the last load corrected. */
    long rekeyed() {
        return rekeyed.stream().mapToLong(each -> each.done().rows()).sum();
    }

    LoadCounts delta(BatchRow... rows) {
        return run(BatchKind.DELTA, List.of(rows), arrival(), true);
    }

    LoadCounts snapshot(BatchRow... rows) {
        return run(BatchKind.SNAPSHOT, List.of(rows), arrival(), true);
    }

    private Instant arrival() {
        return TargetLab.NOW.plusSeconds(runs + 1L);
    }

    LoadCounts run(BatchKind kind, List<BatchRow> rows, Instant arrival, boolean materialised) {
        Relation batch = lab.batch(schema, rows);
        runs++;
        Fence fence = lab.take(load.table(), runs);
        List<SchemaChange> changes = changes();
        try (LoadTransaction transaction = lab.target.begin(fence, load.table())) {
            transaction.change(changes);
            BesideTable beside = BesideTable.prepare(
                    load,
                    schema,
                    name -> lab.target
                            .observe(TargetLab.key(load.table()), name)
                            .schema(),
                    transaction);
            LoadRequest request = new LoadRequest(load, batch, materialised, kind, null, runs, arrival);
            HistoryLoading.Done done = new HistoryLoading(lab.session, transaction, request)
                    .correcting(facts)
                    .run(changes, beside);
            LoadCounts counts = done.counts();
            rekeyed = done.rekeyed();
            if (!counts.lawHolds()) {
                throw new AssertionError("rows do not add up: " + counts);
            }
            touched = lab.rows(transaction.touched());
            transaction.record(TargetLab.ledgerRow(runs, load.table(), fence, counts));
            transaction.commit();
            return counts;
        } catch (RuntimeException failed) {
            runs--;
            throw failed;
        }
    }

    private List<SchemaChange> changes() {
        if (lab.target.observe(TargetLab.key(load.table()), load.table()).schema() != null) {
            return List.of();
        }
        List<Field> fields =
                new ArrayList<>(HistoryTable.of(load, schema).columns().fields());
        fields.add(new Field(AuditColumns.DEFAULT.run(), DataType.BIGINT, true));
        fields.add(new Field(AuditColumns.DEFAULT.loadedAt(), DataType.TIMESTAMPTZ, true));
        return List.of(new SchemaChange.CreateTable(new Schema(fields), load.uniqueKey()));
    }

    /** The rows that the last load wrote. */
    List<List<@Nullable Object>> touched() {
        return touched;
    }

    /** All rows as they are committed, by column. */
    List<Map<String, @Nullable Object>> rows() {
        return rows(load.table());
    }

    /** The rows of the table that keeps the versions of type 4 columns. */
    List<Map<String, @Nullable Object>> besideRows() {
        return rows(new TableName(null, load.table().table() + "_history"));
    }

    private List<Map<String, @Nullable Object>> rows(TableName name) {
        Relation relation = lab.target.read(name);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> values : lab.rows(relation)) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                row.put(relation.schema().names().get(i), values.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** The versions of a key as texts: {@code Rome a@x 2024-01-01..9999-12-31 current}. */
    List<String> versions(String id) {
        return rows().stream()
                .filter(row -> id.equals(row.get("id")))
                .sorted(Comparator.comparing(row -> (LocalDateTime) Objects.requireNonNull(row.get("valid_from"))))
                .map(row -> row.get("city") + " " + row.get("email") + " " + date(row.get("valid_from")) + ".."
                        + date(row.get("valid_to")) + (Boolean.TRUE.equals(row.get("is_current")) ? " current" : "")
                        + (Boolean.TRUE.equals(row.get("is_deleted")) ? " deleted" : ""))
                .toList();
    }

    private static String date(@Nullable Object time) {
        return String.valueOf(time).replace("T00:00", "");
    }
}
