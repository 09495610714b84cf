package io.headworks.connector.postgres.load;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.RenamedBatches;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.source.SelectRows;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a table brought into the engine's work storage by binary COPY. Every value must fit its column's type. */
final class CopiedTable {
    private static final int MOST_DIGITS = 38;

    private CopiedTable() {}

    /** @param from what follows FROM, with the table as {@code t} */
    static Relation read(Statements sql, EngineSession engine, PostgresErrors errors, TargetTable table, String from) {
        String select = "SELECT "
                + table.columns().stream().map(column -> "t." + column.sql()).collect(Collectors.joining(", "))
                + " FROM "
                + from;
        List<@Nullable DataType> types =
                table.columns().stream().map(CopiedTable::readAs).collect(Collectors.toList());
        String name = table.name().toString();
        return sql.run("read " + name, () -> {
            SelectRows rows = new SelectRows(sql.connection(), select, types);
            try (BatchReader reader = rows.read(
                    sql.connection(),
                    name,
                    unfit -> {
                        throw new HeadworksException(FailureKind.RUN, unfit.reason());
                    },
                    errors)) {
                return engine.load("postgresql", new RenamedBatches(reader, called(reader.schema(), table)));
            } catch (IOException failed) {
                throw new HeadworksException(
                        FailureKind.TARGET_UNREACHABLE, String.valueOf(failed.getMessage()), null, failed);
            }
        });
    }

    /** The server knows columns by the names they are stored under, and cuts longer ones. */
    private static Schema called(Schema stored, TargetTable table) {
        List<Field> fields = new ArrayList<>();
        for (Field field : stored.fields()) {
            String own = table.columns().get(fields.size()).name();
            fields.add(new Field(own, field.type(), field.nullable()));
        }
        return new Schema(fields);
    }

    /** The engine's decimals end at 38 digits: a whole number of 39 is its largest integer, others are shown as text. */
    static @Nullable DataType readAs(TargetColumn column) {
        if (column.type() == Simple.NUMERIC) {
            return DataType.TEXT;
        } else if (column.type() instanceof DataType.Decimal decimal && decimal.precision() > MOST_DIGITS) {
            return decimal.precision() == MOST_DIGITS + 1 && decimal.scale() == 0 ? Simple.HUGEINT : DataType.TEXT;
        }
        return null;
    }
}
