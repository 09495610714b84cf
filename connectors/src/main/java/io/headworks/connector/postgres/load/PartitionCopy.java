package io.headworks.connector.postgres.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.connector.postgres.swap.PartitionBeside;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.Database.DirectInsert;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows straight into a new version of the one partition that they replace. */
final class PartitionCopy implements DirectInsert {
    private final TargetTable table;
    private final PartitionBeside beside;
    private final DirectCopy copy;

    private PartitionCopy(TargetTable table, PartitionBeside beside, DirectCopy copy) {
        this.table = table;
        this.beside = beside;
        this.copy = copy;
    }

    /**
     * Looks whether a partition can be replaced so.
     *
     * @param replaced a condition on the table's rows {@code t}; the batch is in its temporary table
     */
    static Optional<DirectInsert> of(
            Statements sql,
            EngineSession engine,
            TargetTable table,
            LoadColumns columns,
            String replaced,
            LoadedTransaction transaction) {
        List<String> names =
                columns.data().stream().map(pair -> pair.column().stored()).toList();
        String rows = columns.data().stream()
                .map(pair -> "b." + pair.cell() + " AS " + pair.name())
                .collect(Collectors.joining(", "));
        String batch = "SELECT " + rows + " FROM " + sql.spelling().temporary(BatchTable.NAME) + " AS b";
        return PartitionBeside.begin(sql, table.sql(), replaced, names, batch, transaction.number())
                .map(beside -> new PartitionCopy(
                        table, beside, new DirectCopy(sql, engine, table, columns, transaction, beside)));
    }

    /** The whole table, the old version of the partition left out. */
    @Override
    public TargetTable replace() {
        String columns = table.columns().stream()
                .map(TargetColumn::sql)
                .map(name -> "t." + name)
                .collect(Collectors.joining(", "));
        return new TargetTable(
                table.name(),
                "(" + beside.whole("t.xmin, " + columns) + ")",
                table.rowId(),
                table.columns(),
                table.primaryKey());
    }

    @Override
    public long clear() {
        return beside.rows();
    }

    @Override
    public long insert(Relation batch) {
        return copy.insert(batch);
    }

    @Override
    public void publish() {
        copy.publish();
    }

    @Override
    public String hash() {
        return copy.hash();
    }
}
