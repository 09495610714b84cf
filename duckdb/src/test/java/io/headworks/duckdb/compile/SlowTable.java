package io.headworks.duckdb.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows in Java: for the interpreter that operations are compared with. */
record SlowTable(Map<String, Kind> columns, List<Row> rows) {
    enum Kind {
        TEXT,
        BIGINT,
        DECIMAL
    }

    SlowTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        rows = List.copyOf(rows);
    }

    /** String, Long or BigDecimal by column; {@code code} is that of the first reason. */
    record Row(
            long seq,
            Map<String, @Nullable Object> values,
            @Nullable String code) {
        @Nullable
        Object get(String column) {
            return values.get(column);
        }

        Row with(String column, @Nullable Object value) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
            changed.put(column, value);
            return new Row(seq, changed, code);
        }

        Row rejected(String reason) {
            return code == null ? new Row(seq, values, reason) : this;
        }
    }

    SlowTable withColumn(String column, Kind kind, List<Row> changed) {
        Map<String, Kind> kinds = new LinkedHashMap<>(columns);
        kinds.put(column, kind);
        return new SlowTable(kinds, changed);
    }

    /** {@code value|value|code}, sorted. */
    List<String> show() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (String column : columns.keySet()) {
                Object value = row.get(column);
                line.append(value == null ? "NULL" : value.toString()).append('|');
            }
            lines.add(line + String.valueOf(row.code()));
        }
        Collections.sort(lines);
        return lines;
    }
}
