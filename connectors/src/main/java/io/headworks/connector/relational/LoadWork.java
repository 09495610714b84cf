package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.Database.TouchedRows;
import io.headworks.connector.relational.LoadColumns.Pair;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a strategy is applied to: the table, and the batch in its temporary table.
 */
record LoadWork(Statements sql, TargetTable table, LoadColumns columns, LoadRequest request, TouchedRows touched) {

    /** Rows of the table, counted now: asked for before anything is written, and only where it matters. */
    long rowsBefore() {
        return sql.number("SELECT count(*) FROM " + table.sql());
    }

    Spelling spelling() {
        return sql.spelling();
    }

    Compare compare() {
        return new Compare(spelling());
    }

    /** The batch's table. */
    String batchTable() {
        return spelling().temporary(BatchTable.NAME);
    }

    /** The batch as {@code b}. */
    String batch() {
        return batchTable() + " AS b";
    }

    String upserts() {
        return batch() + " WHERE NOT b.hw_deletion";
    }

    Load load() {
        return request.load();
    }

    /** Lets the database know how large a temporary table has become. */
    void measured(String temporaryTable) {
        String measure = spelling().measure(temporaryTable);
        if (measure != null) {
            sql.execute(measure);
        }
    }

    boolean isKeyed() {
        return !load().mergeKeys().isEmpty();
    }

    /** The table as {@code t}. */
    String from() {
        return table.sql() + " AS t";
    }

    RowKey rowKey() {
        return sql.database().rowKey(table, columns);
    }

    void dropTemporary(String temporaryTable) {
        sql.database().dropTemporary(sql, temporaryTable);
    }

    /** The data does not allow it. */
    HeadworksException refused(String why) {
        return new HeadworksException(
                FailureKind.RUN, "Cannot " + load().strategy().key() + " into " + load().table() + ": " + why);
    }

    /** The project asks for what cannot be. */
    HeadworksException notAllowed(String why) {
        return new HeadworksException(
                FailureKind.PROJECT, "Cannot " + load().strategy().key() + " into " + load().table() + ": " + why);
    }

    /** Inserts rows of the batch and answers how many. */
    long insert(String condition) {
        String values = Stream.concat(columns.data().stream().map(pair -> pair.in("b")), columns.others(false).stream())
                .collect(Collectors.joining(", "));
        return sql.write("INSERT INTO " + table.sql() + " (" + columns.insertList() + ") SELECT " + values + " FROM "
                + upserts() + " AND " + condition + " ORDER BY b.hw_row");
    }

    long deleteWhere(String condition) {
        return sql.write(spelling().delete(table.sql(), "t", condition));
    }

    boolean hasDeletions() {
        return sql.number("SELECT count(*) FROM " + batch() + " WHERE b.hw_deletion") > 0;
    }

    SliceCondition slice(Slice slice) {
        return SliceCondition.of(spelling(), slice, columns.named(slice.column(), "slice column"));
    }

    /** Fails on a row outside the slice, which a repetition of the slice would not replace. */
    void refuseOutside(Slice slice) {
        Pair column = columns.named(slice.column(), "slice column");
        String key = column.in("b");
        List<String> outside = sql.query(
                "SELECT " + key + " FROM " + upserts() + " AND (" + key + " IS NULL OR NOT ("
                        + slice(slice).contains("b") + ")) ORDER BY " + key + " "
                        + spelling().first(1),
                row -> text(row, 1));
        if (!outside.isEmpty()) {
            throw refused("a row lies outside the slice of " + slice.column() + " from " + slice.from() + " to "
                    + slice.to() + ": " + outside.get(0));
        }
    }

    /** {@code column=value, …} of one row {@code b}, the same one every time. */
    String example(List<Pair> of, String from) {
        String cells = of.stream().map(pair -> pair.in("b")).collect(Collectors.joining(", "));
        String places =
                IntStream.rangeClosed(1, of.size()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return sql.query(
                        "SELECT " + cells + " FROM " + from + " ORDER BY " + places + " "
                                + spelling().first(1),
                        row -> {
                            List<String> texts = new ArrayList<>();
                            for (Pair pair : of) {
                                texts.add(pair.column().name() + "=" + text(row, texts.size() + 1));
                            }
                            return String.join(", ", texts);
                        })
                .get(0);
    }

    private static String text(ResultSet row, int index) throws SQLException {
        return Objects.requireNonNullElse(row.getString(index), "NULL");
    }
}
