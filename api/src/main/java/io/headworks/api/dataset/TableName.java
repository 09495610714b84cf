package io.headworks.api.dataset;

import org.jspecify.annotations.Nullable;

/** A table inside one system: {@code [schema.]table}. */
public record TableName(@Nullable String schema, String table) {
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new TableName(null, text) : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
        return schema == null ? table : schema + "." + table;
    }
}
