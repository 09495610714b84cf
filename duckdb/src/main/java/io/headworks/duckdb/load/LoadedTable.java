package io.headworks.duckdb.load;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table in the middle of a load's transaction: the batch applied, the counts proved, the rows written found again. */
public final class LoadedTable {
    public static final String HASH_ALGORITHM = "duckdb-hash-v1";

    /**
     * DuckDB numbers the rows that a transaction has inserted and not committed from here, above all stored ones. The
     * count of such rows is compared with what the strategy says it wrote, so that a release that numbers them otherwise
     * stops the load.
     */
    private static final long FIRST_UNCOMMITTED_ROW = 36_028_797_018_960_000L;

    private final TableShape table;
    private final LoadCounts counts;
    private final long firstRow;

    private LoadedTable(TableShape table, LoadCounts counts, long firstRow) {
        this.table = table;
        this.counts = counts;
        this.firstRow = firstRow;
    }

    /** Applies a batch by its load's strategy. */
    public static LoadedTable apply(LoadSql sql, TableShape table, LoadRequest request) {
        return apply(sql, table, request, Elsewhere.NONE);
    }

    /**
     * Rows that a table has beside the part that a load can change.
     *
     * @param live those of them that are not marked as deleted
     */
    public record Elsewhere(long rows, long live) {
        static final Elsewhere NONE = new Elsewhere(0, 0);
    }

    /**
     * Applies a batch to the part of a table that it can change.
     *
     * @param elsewhere what the table has beside that part
     */
    public static LoadedTable apply(LoadSql sql, TableShape table, LoadRequest request, Elsewhere elsewhere) {
        LoadColumns columns = LoadColumns.of(request, table);
        long next = sql.number("SELECT coalesce(max(rowid) + 1, " + FIRST_UNCOMMITTED_ROW + ") FROM "
                + from(table, FIRST_UNCOMMITTED_ROW));
        long rowsBefore = sql.number("SELECT count(*) FROM " + table.sql()) + elsewhere.rows();
        Work work = new Work(sql, table, columns, request, rowsBefore, elsewhere);
        Written written = Strategies.apply(work);
        long firstRow = written.anew() ? FIRST_UNCOMMITTED_ROW : next;
        LoadCounts counts = prove(work, written, firstRow);
        sql.dropKept();
        return new LoadedTable(table, counts, firstRow);
    }

    private static LoadCounts prove(Work work, Written written, long firstRow) {
        String hash = "coalesce(CAST(sum(hash(" + work.columns().hashed() + ")) AS VARCHAR), '0')";
        LoadCounts counts = work.sql()
                .query(
                        "SELECT count(*), " + hash + " FROM " + from(work.table(), firstRow),
                        row -> counts(work, written, row.getLong(1), row.getString(2)))
                .get(0);
        if (!counts.lawHolds()) {
            throw wrong(work, counts.staged() + " rows staged, but " + counts);
        }
        return counts;
    }

    private static LoadCounts counts(Work work, Written written, long found, String hash) {
        if (found != written.rows()) {
            throw wrong(work, found + " rows were written, but " + written);
        }
        return new LoadCounts(
                written.staged(),
                written.inserted(),
                written.updated(),
                written.unchanged(),
                written.stale(),
                written.deleted(),
                HASH_ALGORITHM,
                String.format("%032x", new BigInteger(hash)));
    }

    private static HeadworksException wrong(Work work, String what) {
        return new HeadworksException(
                FailureKind.INTERNAL,
                "Cannot account for the rows of " + work.load().table() + ": " + what);
    }

    public LoadCounts counts() {
        return counts;
    }

    /** The rows this load wrote. */
    public Relation touched() {
        return relation(table, from(table, firstRow));
    }

    /** A SELECT of how many rows of a batch the table has by their keys, every value the same. */
    public static String alreadyThere(TableShape table, LoadRequest request) {
        LoadColumns columns = LoadColumns.of(request, table);
        String values = columns.data().stream()
                .map(pair -> pair.value("r") + " AS " + pair.name())
                .collect(Collectors.joining(", "));
        return "SELECT count(*) FROM (SELECT " + values + " FROM ("
                + request.batch().sql() + ") AS r) AS b SEMI JOIN "
                + table.sql() + " AS t ON " + Equality.sameKey(columns.keys(), "b", "t") + " AND "
                + Equality.same(columns.data(), "b", "t", table.collated());
    }

    /** All rows of a table. */
    public static Relation rows(TableShape table) {
        return relation(table, table.sql());
    }

    /**
     * Columns of all rows of a table but those marked as deleted.
     *
     * @param mark null for none; one that the table does not have marks nothing
     */
    public static Relation keys(TableShape table, List<String> columns, @Nullable String mark) {
        List<TableColumn> keys =
                columns.stream().map(name -> table.column(name).orElseThrow()).toList();
        Optional<TableColumn> marks = Optional.ofNullable(mark).flatMap(table::column);
        return new Relation(
                "SELECT " + DuckSql.names(keys.stream().map(TableColumn::name).toList()) + " FROM " + table.sql()
                        + marks.map(column -> " WHERE " + DuckSql.name(column.name()) + " IS DISTINCT FROM true")
                                .orElse(""),
                new Schema(keys.stream()
                        .map(column -> new Field(column.name(), column.type(), column.nullable()))
                        .toList()),
                List.of());
    }

    private static Relation relation(TableShape table, String from) {
        return new Relation("SELECT " + DuckSql.names(table.names()) + " FROM " + from, table.schema(), List.of());
    }

    private static String from(TableShape table, long firstRow) {
        return table.sql() + " WHERE rowid >= " + firstRow;
    }
}
