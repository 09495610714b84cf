package io.headworks.duckdb.sql;

import io.headworks.api.dataset.TableName;
import io.headworks.api.type.DataType;
import java.util.Collection;
import java.util.stream.Collectors;

/** The one place where names and values become DuckDB SQL text. */
public final class DuckSql {

    private DuckSql() {}

    /** A quoted identifier. Any text is a legal name but one with U+0000, which no SQL text can carry. */
    public static String name(String identifier) {
        refuseNul(identifier);
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** {@code catalog.schema.table}, each part quoted; schema {@code main} where none is given. */
    public static String table(String catalog, TableName table) {
        String schema = table.schema() == null ? "main" : table.schema();
        return name(catalog) + "." + name(schema) + "." + name(table.table());
    }

    public static String names(Collection<String> identifiers) {
        return identifiers.stream().map(DuckSql::name).collect(Collectors.joining(", "));
    }

    /** A text literal. */
    public static String text(String value) {
        if (value.indexOf('\0') >= 0) {
            return java.util.Arrays.stream(value.split("\0", -1))
                    .map(DuckSql::text)
                    .collect(Collectors.joining(" || chr(0) || ", "(", ")"));
        }
        return "'" + value.replace("'", "''") + "'";
    }

    /** A value given as text, read as a type: {@code cast('12.50' as DECIMAL(18,2))}. */
    public static String literal(String value, DataType type) {
        return type == DataType.TEXT ? text(value) : "cast(" + text(value) + " as " + DuckTypes.spelling(type) + ")";
    }

    public static String texts(Collection<String> values) {
        return values.stream().map(DuckSql::text).collect(Collectors.joining(", "));
    }

    private static void refuseNul(String identifier) {
        if (identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Cannot quote a name that holds U+0000: " + identifier);
        }
    }
}
