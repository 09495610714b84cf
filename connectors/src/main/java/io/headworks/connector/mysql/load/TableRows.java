package io.headworks.connector.mysql.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.connector.mysql.catalog.Catalog;
import io.headworks.connector.mysql.catalog.StoredColumn;
import io.headworks.connector.mysql.session.MysqlErrors;
import io.headworks.connector.mysql.source.ColumnReading;
import io.headworks.connector.mysql.source.ColumnReadings;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.result.ResultRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Rows of a table brought into the engine's work storage. Every value must fit its column's type. */
final class TableRows {
    private static final int FETCHED = 128;

    private TableRows() {}

    /** @param from what follows FROM, with the table as {@code t} */
    static Relation load(Statements sql, MysqlErrors errors, EngineSession engine, TargetTable table, String from) {
        List<ColumnReading> readings = readings(sql, table);
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            expressions.add(
                    readings.get(i).expression("t." + table.columns().get(i).sql()));
        }
        return sql.run("read " + table.name(), () -> {
            try (Statement statement = sql.connection().createStatement()) {
                statement.setFetchSize(FETCHED);
                ResultSet result = statement.executeQuery("SELECT " + String.join(", ", expressions) + " FROM " + from);
                return engine.load("mysql", rows(result, errors, table, readings));
            }
        });
    }

    private static ResultRows rows(
            ResultSet result, MysqlErrors errors, TargetTable table, List<ColumnReading> readings) {
        return new ResultRows(
                result,
                table.schema(),
                readings.stream().map(reading -> reading.cells().get()).collect(Collectors.toList()),
                table.name().toString(),
                unfit -> {
                    throw new HeadworksException(FailureKind.RUN, unfit.reason());
                },
                errors::of,
                whole -> result.close());
    }

    /** One for each column of the table, which may have fewer than are stored. */
    private static List<ColumnReading> readings(Statements sql, TargetTable table) {
        return sql.run("look at " + table.name(), () -> {
            List<StoredColumn> stored = columns(sql, table.name());
            List<ColumnReading> readings = new ArrayList<>();
            for (TargetColumn column : table.columns()) {
                StoredColumn own = stored.stream()
                        .filter(each -> each.name().equals(column.stored()))
                        .findFirst()
                        .orElseThrow();
                readings.add(ColumnReadings.of(own, Objects.requireNonNullElse(FoundTable.type(own), DataType.TEXT)));
            }
            return readings;
        });
    }

    private static List<StoredColumn> columns(Statements sql, TableName name) throws SQLException {
        return new Catalog(sql.connection()).table(name).orElseThrow().columns();
    }
}
