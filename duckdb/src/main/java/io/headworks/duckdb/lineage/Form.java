package io.headworks.duckdb.lineage;

import io.headworks.duckdb.inspect.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tree as a text, without where its parts stood. */
final class Form {
    private static final Set<String> OF_PLACE = Set.of("query_location", "query_location_length");

    private final StringBuilder out = new StringBuilder();

    private Form() {}

    static String of(Node tree) {
        Form form = new Form();
        form.write(tree.members());
        return form.out.toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            map.forEach((key, member) -> {
                if (!OF_PLACE.contains(String.valueOf(key))) {
                    out.append(key).append(':');
                    write(member);
                    out.append(',');
                }
            });
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            list.forEach(element -> {
                write(element);
                out.append(',');
            });
            out.append(']');
        } else if (value instanceof String text) {
            out.append('"')
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        } else {
            out.append(value);
        }
    }
}
