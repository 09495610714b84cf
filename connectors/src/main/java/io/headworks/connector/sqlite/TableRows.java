package io.headworks.connector.sqlite;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.util.stream.Collectors;

/** Rows of a table brought into the engine's work storage. Every value must fit its column's type. */
final class TableRows {
    private TableRows() {}

    /** @param from what follows FROM, with the table as {@code t} */
    static Relation load(Statements sql, EngineSession engine, TargetTable table, String from) {
        String columns =
                table.columns().stream().map(column -> "t." + column.sql()).collect(Collectors.joining(", "));
        return sql.run("read " + table.name(), () -> {
            PreparedStatement select = sql.connection().prepareStatement("SELECT " + columns + " FROM " + from);
            try (BatchReader rows =
                    new SqliteRows(select, table.schema(), table.name().toString(), null, unfit -> {
                        throw new HeadworksException(FailureKind.RUN, unfit.reason());
                    })) {
                return engine.load("sqlite", rows);
            } catch (IOException failed) {
                throw new HeadworksException(
                        FailureKind.TARGET_UNREACHABLE, String.valueOf(failed.getMessage()), null, failed);
            }
        });
    }
}
