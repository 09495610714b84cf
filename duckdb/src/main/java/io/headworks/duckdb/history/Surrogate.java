package io.headworks.duckdb.history;

import io.headworks.api.type.Field;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A version's own key: the first 64 bits, signed, of the SHA-256 of a text. The text is, for each merge key in order, the
 * number of bytes of its text in UTF-8, a colon and that text, and then {@code @} and the version's begin as
 * {@code 2024-01-31T09:00:00.000000}. Public: a rebuild gives the same.
 */
final class Surrogate {
    private Surrogate() {}

    /** @param from null where rows are not versions */
    static String sql(Layout layout, String alias, @Nullable String from) {
        List<Field> keys = layout.table().keys();
        String text = keys.stream()
                .map(key -> "CAST(" + alias + "." + Layout.name(key) + " AS VARCHAR)")
                .map(key -> "CAST(strlen(" + key + ") AS VARCHAR) || ':' || " + key)
                .collect(Collectors.joining(" || "));
        String at = from == null ? "" : " || '@' || strftime(" + from + ", '%Y-%m-%dT%H:%M:%S.%f')";
        return "CAST(CAST(unhex(left(sha256(" + text + at + "), 16)) AS BIT) AS BIGINT)";
    }
}
