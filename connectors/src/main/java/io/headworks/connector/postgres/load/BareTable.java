package io.headworks.connector.postgres.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.postgres.swap.TableLook;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that this transaction made, filled without the columns that are the same in all rows: the mark of deleted rows,
 * the run's number, its time. They come behind the rows as constants of the catalogue, and take no byte in any row until it
 * is updated.
 */
final class BareTable {
    private final Statements sql;
    private final TargetTable table;
    private final List<TargetColumn> stamps;
    private final List<String> values;
    private final TableLook before;

    private BareTable(
            Statements sql, TargetTable table, List<TargetColumn> stamps, List<String> values, TableLook before) {
        this.sql = sql;
        this.table = table;
        this.stamps = stamps;
        this.values = values;
        this.before = before;
    }

    /** Empty where something was done to the table since it was made, or where those columns are not its last. */
    static Optional<BareTable> of(
            Statements sql, TargetTable table, LoadColumns columns, LoadedTransaction transaction) {
        int data = columns.data().size();
        List<TargetColumn> stamps =
                table.columns().subList(data, table.columns().size());
        List<String> written = columns.written();
        boolean last = !stamps.isEmpty()
                && written.equals(
                        table.columns().stream().map(TargetColumn::sql).toList());
        TableLook look = TableLook.of(sql, table.sql());
        return last && transaction.madeAs(table.name(), look)
                ? Optional.of(new BareTable(sql, table, stamps, columns.others(false), look))
                : Optional.empty();
    }

    /** Takes the columns away. */
    void bare() {
        String columns = table.columns().stream()
                .filter(column -> !stamps.contains(column))
                .map(BareTable::definition)
                .collect(Collectors.joining(", "));
        sql.execute("DROP TABLE " + table.sql());
        sql.execute("CREATE TABLE " + table.sql() + " (" + columns + ")");
    }

    /** Brings them back, filled. */
    void stamp() {
        String added = IntStream.range(0, stamps.size())
                .mapToObj(i -> "ADD COLUMN " + definition(stamps.get(i)) + " DEFAULT " + values.get(i))
                .collect(Collectors.joining(", "));
        sql.execute("ALTER TABLE " + table.sql() + " " + added);
        String undefaulted = stamps.stream()
                .map(column -> "ALTER COLUMN " + column.sql() + " DROP DEFAULT")
                .collect(Collectors.joining(", "));
        sql.execute("ALTER TABLE " + table.sql() + " " + undefaulted);
        if (!TableLook.of(sql, table.sql()).equals(before)) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot load into " + table.name() + ": the table is not what it was when it was made");
        }
    }

    private static String definition(TargetColumn column) {
        return column.sql() + " " + column.declared() + (column.notNull() ? " NOT NULL" : "");
    }
}
