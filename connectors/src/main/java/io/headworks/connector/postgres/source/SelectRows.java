package io.headworks.connector.postgres.source;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.catalog.Catalog;
import io.headworks.connector.postgres.catalog.StoredColumn;
import io.headworks.connector.postgres.copy.CopyRows;
import io.headworks.connector.postgres.copy.DecimalDecoder;
import io.headworks.connector.postgres.copy.Decoder;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.session.PostgresSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The rows of a SELECT by binary COPY on a session that goes on afterwards, such as one in a load's transaction. */
public final class SelectRows {
    private static final int DIGITS_OF_HUGEINT = 39;

    private final Schema schema;
    private final List<Decoder> decoders = new ArrayList<>();
    private final String copy;

    /**
     * Looks at the SELECT's columns.
     *
     * @param types what to read columns as, by their place; null where the column's own type will do
     */
    public SelectRows(Connection session, String select, List<@Nullable DataType> types) throws SQLException {
        List<StoredColumn> columns = new Catalog(session).columnsFrom("(" + select + "\n) AS q");
        ColumnReadings readings = ColumnReadings.of(session);
        List<Field> fields = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            StoredColumn column = columns.get(i);
            ColumnReading reading = types.get(i) == DataType.Simple.HUGEINT
                    ? new ColumnReading(DataType.Simple.HUGEINT, new DecimalDecoder(DIGITS_OF_HUGEINT, 0))
                    : readings.of(column, types.get(i)).orElseGet(() -> readings.printed());
            fields.add(new Field(columns.get(i).name(), reading.type()));
            decoders.add(reading.decoder());
            expressions.add(reading.expression(PostgresSql.name(columns.get(i).name())));
        }
        this.schema = new Schema(fields);
        this.copy = "COPY (SELECT " + String.join(", ", expressions) + " FROM (" + select
                + "\n) AS q) TO STDOUT (FORMAT binary)";
    }

    /** Reads from the session, which can do nothing else until the reader is closed. */
    public BatchReader read(Connection session, String what, Consumer<RejectedRow> rejects, PostgresErrors errors)
            throws SQLException {
        CopyOut out = session.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        return new CopyRows(out, schema, decoders, what, rejects, errors::of, () -> {
            if (out.isActive()) {
                out.cancelCopy();
            }
        });
    }
}
