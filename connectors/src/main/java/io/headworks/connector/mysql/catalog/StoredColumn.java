package io.headworks.connector.mysql.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, view or query.
 *
 * @param type the server's word without length or sign, such as {@code bigint}, in small letters
 * @param declared the type in full, such as {@code bigint(20) unsigned}
 * @param length characters or bytes of a text or binary type, bits, or digits of a number; 0 where there is none
 * @param scale digits after the point, or of the second
 * @param labels of an enum
 * @param json true when the server itself makes sure that it holds JSON
 * @param collation null for what is no text
 */
public record StoredColumn(
        String name,
        String type,
        String declared,
        boolean unsigned,
        int length,
        int scale,
        List<String> labels,
        boolean json,
        boolean notNull,
        boolean generated,
        @Nullable String collation) {
    public StoredColumn {
        labels = List.copyOf(labels);
    }
}
