package io.headworks.connector.files.json;

import io.headworks.api.source.FileStamp;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.Scan.ScanColumn.Origin;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns records into rows of a schema, or into rejected rows with their reason. */
final class JsonRows {
    private final Schema schema;
    private final Map<String, Origin> special;
    private final KeyColumns keys;
    private final ValueReader values;
    private final int[] places;

    /**
     * @param special columns that do not come from the records
     * @param keys the columns that do
     */
    JsonRows(Schema schema, Map<String, Origin> special, KeyColumns keys, ValueReader values) {
        this.schema = schema;
        this.special = new HashMap<>(special);
        this.keys = keys;
        this.values = values;
        this.places = keys.columns().stream().mapToInt(schema.names()::indexOf).toArray();
    }

    Schema schema() {
        return schema;
    }

    void read(FileStamp file, JsonRecord record, BatchBuilder batch, Consumer<RejectedRow> rejects) {
        Fault fault = record.fault();
        if (fault != null) {
            rejects.accept(rejected(file, record, null, fault.code(), fault.reason()));
            return;
        }
        JsonValue[] cells = new JsonValue[places.length];
        for (int i = 0; i < record.keys().size(); i++) {
            int column = keys.column(record.keys().get(i));
            if (column >= 0 && cells[column] != null) {
                String name = keys.columns().get(column);
                rejects.accept(rejected(file, record, name, "malformed", "two keys of it stand for column " + name));
                return;
            }
            if (column >= 0) {
                cells[column] = record.values().get(i);
            }
        }
        convert(file, record, cells, batch, rejects);
    }

    private void convert(
            FileStamp file, JsonRecord record, JsonValue[] cells, BatchBuilder batch, Consumer<RejectedRow> rejects) {
        @Nullable Object[] row = new Object[schema.fields().size()];
        String column = "";
        try {
            for (int i = 0; i < cells.length; i++) {
                Field field = schema.fields().get(places[i]);
                column = field.name();
                row[places[i]] = cells[i] == null ? null : values.read(cells[i], field.type());
            }
            for (Map.Entry<String, Origin> entry : special.entrySet()) {
                column = entry.getKey();
                int place = schema.names().indexOf(column);
                row[place] = special(
                        file, record, column, entry.getValue(), schema.fields().get(place));
            }
        } catch (Misfit misfit) {
            rejects.accept(rejected(file, record, column, "value", String.valueOf(misfit.getMessage())));
            return;
        }
        batch.add(row);
    }

    private @Nullable Object special(FileStamp file, JsonRecord record, String column, Origin origin, Field field)
            throws Misfit {
        return switch (origin) {
            case PATH -> file.path();
            case LINE -> record.line();
            case PATH_VALUE -> values.readText(file.pathValues().getOrDefault(column, ""), field.type());
            case DATA, ABSENT -> throw new IllegalStateException(column + " is no column of the path or line");
        };
    }

    private static RejectedRow rejected(
            FileStamp file, JsonRecord record, @Nullable String column, String code, String reason) {
        Long offset = record.byteOffset() < 0 ? null : record.byteOffset();
        return new RejectedRow(file.path(), record.line(), offset, column, code, reason, record.raw());
    }

    /** Names of the columns that come from the records. */
    List<String> data() {
        return keys.columns();
    }
}
