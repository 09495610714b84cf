package io.headworks.core.contract.odcs;

import io.headworks.api.type.DataType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types of the standard and ours. */
final class OdcsTypes {
    private static final Map<String, String> LOGICAL = Map.of(
            "string", "text",
            "integer", "bigint",
            "number", "double",
            "date", "date",
            "timestamp", "timestamp",
            "time", "time",
            "boolean", "boolean");

    private OdcsTypes() {}

    /** Our type of a property: its physical type where we have it, else what the logical one is usually; null for none. */
    static @Nullable String of(Map<String, @Nullable Object> property) {
        return exact(property).orElseGet(() -> {
            String logical = Tree.text(property, "logicalType");
            return logical == null ? null : LOGICAL.get(logical);
        });
    }

    /** The physical type, where it is one of ours too. */
    static Optional<String> exact(Map<String, @Nullable Object> property) {
        String physical = Tree.text(property, "physicalType");
        return physical == null
                ? Optional.empty()
                : DataType.parse(physical.toLowerCase(java.util.Locale.ROOT)).map(DataType::toString);
    }

    /** The logical type of one of ours. */
    static String logical(DataType type) {
        String text = type.toString();
        if (type.isText()) {
            return "string";
        } else if (type instanceof DataType.Timestamp) {
            return "timestamp";
        } else if (type instanceof DataType.Time) {
            return "time";
        } else if (type instanceof DataType.Decimal || text.equals("double") || text.equals("float")) {
            return "number";
        } else if (text.equals("date") || text.equals("boolean")) {
            return text;
        } else if (text.endsWith("]")) {
            return "array";
        }
        return text.contains("int")
                ? "integer"
                : text.startsWith("struct") || text.startsWith("map") ? "object" : "string";
    }
}
