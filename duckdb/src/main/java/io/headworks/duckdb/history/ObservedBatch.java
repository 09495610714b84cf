package io.headworks.duckdb.history;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.history.Observations;
import io.headworks.api.history.Outcome;
import io.headworks.api.history.UnplacedRows;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.history.Evidence.StoredKeys;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A batch of a load with history, from the rows that come to the rows that must be written. */
public final class ObservedBatch implements Observations {
    private final Layout layout;
    private final LoadRequest request;
    private final Scratch scratch;
    private final BatchRows batch;
    private final @Nullable Unplaced unplaced;
    private @Nullable Concerned concerned;
    private @Nullable Difference difference;
    private @Nullable Relation beside;

    /**
     * What is left of the batch without rows that change nothing.
     *
     * @param keys those of the winners and the absent
     * @param looked rows of the batch that are not deletions and were not set aside
     */
    private record Concerned(Winners winners, String absent, String keys, long looked) {}

    private ObservedBatch(
            Layout layout, LoadRequest request, Scratch scratch, BatchRows batch, @Nullable Unplaced unplaced) {
        this.layout = layout;
        this.request = request;
        this.scratch = scratch;
        this.batch = batch;
        this.unplaced = unplaced;
    }

    /**
     * Reads a batch.
     *
     * @param prefix what no other temporary table of the session begins with
     */
    public static ObservedBatch of(SqlRunner sql, String prefix, LoadRequest request, UnplacedRows rows) {
        Layout layout =
                new Layout(HistoryTable.of(request.load(), request.batch().schema()));
        Scratch scratch = new Scratch(sql, prefix);
        Unplaced unplaced = rows == UnplacedRows.REFUSED ? null : new Unplaced(layout, request.batch(), scratch);
        try {
            return new ObservedBatch(
                    layout, request, scratch, BatchRows.of(layout, request, scratch, unplaced), unplaced);
        } catch (RuntimeException failed) {
            scratch.close();
            throw failed;
        }
    }

    @Override
    public Relation keys() {
        return new Relation(
                "SELECT DISTINCT " + layout.keys("b") + " FROM " + batch.from() + " AS b",
                new Schema(layout.table().keys()),
                List.of());
    }

    /** A slice proves nothing about keys it lacks: they may have moved to another one. */
    @Override
    public boolean needsLiveRows() {
        return request.kind() == BatchKind.SNAPSHOT
                && request.slice() == null
                && layout.history().deletes() != Deletes.IGNORE;
    }

    @Override
    public long live(Relation table) {
        return scratch.count("(" + table.sql() + ") AS l WHERE " + layout.isLive("l"));
    }

    @Override
    public Relation concerned(@Nullable Relation live) {
        StoredRows table = new StoredRows(layout, scratch, live);
        String changes = changes(table);
        Winners winners = Winners.of(layout, batch, changes, scratch);
        String absent = scratch.keep("absent", absent(table, winners));
        String keys = scratch.keep(
                "concerned",
                "SELECT " + layout.keys("w") + " FROM " + winners.table() + " AS w UNION SELECT " + layout.keys("a")
                        + " FROM " + absent + " AS a");
        concerned = new Concerned(winners, absent, keys, valuesIn(changes));
        return new Relation(
                "SELECT " + layout.keys("k") + " FROM " + keys + " AS k",
                new Schema(layout.table().keys()),
                List.of());
    }

    @Override
    public Outcome against(@Nullable Relation stored) {
        Concerned some = concerned;
        if (some == null) {
            throw new IllegalStateException("Cannot work out a history before it is known which keys it concerns");
        }
        Winners winners = some.winners();
        StoredRows table = new StoredRows(layout, scratch, stored);
        String before = table.keep("before", some.keys());
        String rows = table.filled(before, winners.table(), table.unknown(before));
        String last = table.keepLast(rows);
        Evidence evidence = Evidence.of(
                layout, batch, new StoredKeys(table, rows, last, some.absent()), winners.table(), unplaced, scratch);
        String versions = new Timeline(layout, scratch).versions(evidence.table());
        String latest = new Latest(layout, evidence, last, scratch).keep(versions);
        Difference made = Difference.of(layout, table, before, versions, latest, scratch);
        difference = made;
        beside = layout.table()
                .beside()
                .map(table4 -> beside(table4, table, evidence, some.absent()))
                .orElse(null);
        Account account = new Account(layout, scratch, before, made, evidence);
        Outcome outcome = account.outcome(batch, winners, some.looked(), made.relation(table));
        return unplaced == null ? outcome : unplaced.leftOutOf(outcome);
    }

    @Override
    public @Nullable Relation rejected() {
        return unplaced == null ? null : unplaced.rows();
    }

    private Relation beside(HistoryTable other, StoredRows table, Evidence evidence, String absent) {
        List<Field> stored = table.columns();
        Schema schema = new Schema(other.batch().fields().stream()
                .map(field -> stored.stream()
                        .filter(column -> column.name().equals(field.name()))
                        .filter(column -> !column.name().equals(layout.history().validAt()))
                        .findFirst()
                        .orElse(field))
                .toList());
        String op = DuckSql.name(HiddenColumns.OP);
        String rows = schema.fields().stream()
                .map(field -> field.name().equals(layout.history().validAt())
                        ? "x." + Layout.TIME + " AS " + Layout.name(field)
                        : "x." + Layout.name(field))
                .collect(Collectors.joining(", "));
        String gone = schema.fields().stream()
                .map(field -> layout.table().load().mergeKeys().contains(field.name())
                        ? "CAST(a." + Layout.name(field) + " AS " + DuckTypes.spelling(field.type()) + ")"
                        : "NULL")
                .collect(Collectors.joining(", "));
        return new Relation(
                "SELECT " + rows + ", CASE WHEN x." + Layout.KIND + " = " + Layout.VALUE
                        + " THEN 'upsert' ELSE 'delete' END AS " + op + " FROM " + evidence.batch()
                        + " AS x UNION ALL SELECT " + gone + ", 'delete' FROM " + absent + " AS a",
                schema,
                List.of(HiddenColumns.OP));
    }

    @Override
    public Relation beside() {
        Relation rows = beside;
        if (rows == null) {
            throw new IllegalStateException("Cannot tell what was observed beside: no column is of type 4");
        }
        return rows;
    }

    private long valuesIn(String rows) {
        return scratch.count(rows + " AS c WHERE c." + Layout.KIND + " = " + Layout.VALUE);
    }

    /** The rows of keys of which at least one row may change something. */
    private String changes(StoredRows table) {
        if (table.isEmpty()) {
            return batch.from();
        }
        List<Field> compared = new ArrayList<>(layout.content());
        if (!layout.table().isTimed()) {
            compared.addAll(layout.table().order());
        }
        String same = compared.stream()
                .map(field -> table.cast("b", field) + " IS NOT DISTINCT FROM s." + Layout.name(field))
                .collect(Collectors.joining(" AND "));
        String columns = layout.table().columns().fields().stream()
                .map(field -> "s." + Layout.name(field))
                .collect(Collectors.joining(", "));
        String touched = scratch.keep(
                "changed_keys",
                "SELECT DISTINCT " + layout.keys("b") + " FROM " + batch.from() + " AS b LEFT JOIN (SELECT " + columns
                        + ", true AS is_there FROM " + table.from() + " AS s WHERE " + layout.isLive("s") + " AND "
                        + Layout.tracked("s") + " = "
                        + DuckSql.text(layout.table().tracked()) + ") AS s ON "
                        + layout.sameKey("b", "s") + " WHERE NOT coalesce(s.is_there AND b." + Layout.KIND + " = "
                        + Layout.VALUE + " AND " + known() + (same.isEmpty() ? "" : " AND " + same) + ", false)");
        return scratch.keep(
                "changes",
                "SELECT b.* FROM " + batch.from() + " AS b SEMI JOIN " + touched + " AS k ON "
                        + layout.sameKey("b", "k"));
    }

    /**
     * True when an equal row {@code b} tells nothing of the live row {@code s}. Where a table beside has versions of other
     * columns, only a row of the very time that is confirmed tells nothing there either.
     */
    private String known() {
        if (!layout.table().isTimed()) {
            return "true";
        }
        String time = "b." + Layout.TIME;
        String confirmed = Layout.confirmed("s");
        if (layout.table().beside().isPresent()) {
            return time + " = " + confirmed;
        }
        return time + " <= " + confirmed
                + (layout.history().keepsVersions() ? " AND " + time + " >= " + layout.from("s") : "");
    }

    /** An inferred member was never in the source, and so cannot have gone from it. */
    private String absent(StoredRows table, Winners winners) {
        String told = "SELECT " + layout.keys("w") + " FROM " + winners.table() + " AS w WHERE w." + Layout.KIND + " = "
                + Layout.ABSENCE;
        return needsLiveRows()
                ? told + " UNION SELECT " + layout.keys("s") + " FROM " + table.from() + " AS s ANTI JOIN "
                        + batch.all() + " AS b ON " + layout.sameKey("s", "b") + " WHERE " + layout.isLive("s")
                        + " AND NOT " + Layout.isInferred("s")
                : told;
    }

    @Override
    public @Nullable Relation surrogates() {
        String name = layout.history().names().surrogate();
        Difference made = difference;
        return name == null || made == null
                ? null
                : new Relation(
                        "SELECT m." + DuckSql.name(name) + " FROM " + made.merged() + " AS m",
                        new Schema(List.of(new Field(name, DataType.BIGINT))),
                        List.of());
    }

    @Override
    public void prove(Relation stored, @Nullable Relation sameSurrogates) {
        Difference made = difference;
        if (made == null) {
            throw new IllegalStateException("Cannot prove a history before it was worked out");
        }
        new Invariants(layout, scratch, made).prove(stored, sameSurrogates);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
