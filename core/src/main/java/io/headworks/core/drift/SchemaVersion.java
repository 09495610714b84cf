package io.headworks.core.drift;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a source for as long as looks saw the same. One that comes back is a version of its own.
 *
 * @param number from 1
 * @param hash as ledgers name it
 * @param firstRun the run that saw it first
 */
public record SchemaVersion(
        int number, String hash, Schema schema, Instant firstSeen, Instant lastSeen, String firstRun, String lastRun) {

    /** Columns as they are kept. */
    public static String write(Schema schema) {
        return Json.canonical(tree(schema));
    }

    /** Columns as plain values, for documents. */
    public static List<Object> tree(Schema schema) {
        List<Object> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("name", field.name());
            column.put("type", field.type().toString());
            column.put("nullable", field.nullable());
            columns.add(column);
        }
        return columns;
    }

    /** The inverse of {@link #write}. */
    public static Schema read(String json) {
        List<Field> fields = new ArrayList<>();
        if (Json.read(json) instanceof List<?> columns) {
            for (Object column : columns) {
                fields.add(field((Map<?, ?>) column));
            }
        }
        return new Schema(fields);
    }

    private static Field field(Map<?, ?> column) {
        String type = String.valueOf(column.get("type"));
        return new Field(
                String.valueOf(column.get("name")),
                DataType.parse(type)
                        .orElseThrow(() -> new IllegalArgumentException("Cannot read a column: type '" + type + "'")),
                Boolean.TRUE.equals(column.get("nullable")));
    }
}
