package io.headworks.connector.jdbc.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.jdbc.catalog.Catalog;
import io.headworks.connector.jdbc.catalog.StoredColumn;
import io.headworks.connector.jdbc.source.ColumnReading;
import io.headworks.connector.jdbc.source.ColumnReadings;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.result.ResultRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of a table on their way out of it. Every value must fit its column's type. */
final class TableRows {
    private static final int FETCHED = 512;

    private final Statements sql;
    private final JdbcSpelling spelling;
    private final TargetTable table;

    TableRows(Statements sql, JdbcSpelling spelling, TargetTable table) {
        this.sql = sql;
        this.spelling = spelling;
        this.table = table;
    }

    /** Work on open rows. */
    interface Use<T> {
        T of(ResultRows rows);
    }

    /** @param from what follows FROM, with the table as {@code t} */
    <T> T use(String from, Use<T> use) {
        List<ColumnReading> readings = readings();
        String expressions = IntStream.range(0, readings.size())
                .mapToObj(i ->
                        readings.get(i).expression("t." + table.columns().get(i).sql()))
                .collect(Collectors.joining(", "));
        return sql.run("read " + table.name(), () -> {
            try (Statement statement = sql.connection().createStatement()) {
                statement.setFetchSize(FETCHED);
                ResultSet result = statement.executeQuery("SELECT " + expressions + " FROM " + from);
                try (ResultRows rows = rows(result, readings)) {
                    return use.of(rows);
                }
            }
        });
    }

    Relation load(EngineSession engine, String from) {
        return use(from, rows -> engine.load("jdbc", rows));
    }

    private ResultRows rows(ResultSet result, List<ColumnReading> readings) {
        return new ResultRows(
                result,
                table.schema(),
                readings.stream().map(reading -> reading.cells().get()).toList(),
                table.name().toString(),
                unfit -> {
                    throw new HeadworksException(FailureKind.RUN, unfit.reason());
                },
                (what, failed) -> sql.database().failure(what, FailureKind.TARGET_UNREACHABLE, failed),
                whole -> result.close());
    }

    private List<ColumnReading> readings() {
        return sql.run("look at " + table.name(), () -> {
            List<StoredColumn> stored = stored();
            List<ColumnReading> readings = new ArrayList<>();
            for (TargetColumn column : table.columns()) {
                readings.add(new ColumnReadings(spelling.dialect())
                        .of(
                                stored.stream()
                                        .filter(each -> each.name().equals(column.stored()))
                                        .findFirst()
                                        .orElseThrow(),
                                null));
            }
            return readings;
        });
    }

    private List<StoredColumn> stored() throws SQLException {
        return new Catalog(sql.connection(), spelling.dialect())
                .table(table.name())
                .orElseThrow()
                .columns();
    }
}
