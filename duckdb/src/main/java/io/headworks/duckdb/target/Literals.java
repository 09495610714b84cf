package io.headworks.duckdb.target;

import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckSql;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of our own tables as SQL. */
final class Literals {

    private Literals() {}

    /** A String, Integer, Long, Instant or null. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof String text) {
            return DuckSql.text(text);
        } else if (value instanceof Instant instant) {
            return instant(instant);
        } else if (value instanceof Integer || value instanceof Long) {
            return value.toString();
        }
        throw new IllegalArgumentException("Cannot write a " + value.getClass().getName() + " into our tables");
    }

    static String instant(Instant instant) {
        return DuckSql.literal(instant.toString(), DataType.TIMESTAMPTZ);
    }

    static String list(Collection<?> values) {
        return values.stream().map(Literals::of).collect(Collectors.joining(", "));
    }
}
