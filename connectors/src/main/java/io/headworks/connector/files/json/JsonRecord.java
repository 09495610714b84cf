package io.headworks.connector.files.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object, in their order.
 *
 * @param line 1-based line on which it starts
 * @param byteOffset 0-based offset of its first byte in the unpacked file; -1 when unknown
 * @param fault why it cannot be taken as it is; null when it can
 */
public record JsonRecord(
        List<String> keys,
        List<JsonValue> values,
        long line,
        long byteOffset,
        @Nullable Fault fault,
        @Nullable String text) {

    static JsonRecord faulty(long line, long byteOffset, Fault fault, @Nullable String text) {
        return new JsonRecord(List.of(), List.of(), line, byteOffset, fault, text);
    }

    /** The record's text: as it was read, or written anew from its members; cut at the stated limit. */
    String raw() {
        if (text != null) {
            return cut(text);
        }
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < keys.size() && out.length() <= JsonLimits.MAX_RAW_CHARS; i++) {
            out.append(i == 0 ? "" : ",");
            JsonText.quote(keys.get(i), out);
            out.append(':').append(values.get(i).json());
        }
        return cut(out.append('}').toString());
    }

    private static String cut(String text) {
        return text.length() <= JsonLimits.MAX_RAW_CHARS ? text : text.substring(0, JsonLimits.MAX_RAW_CHARS) + "…";
    }

    /** The members by key. */
    Map<String, JsonValue> members() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            members.put(keys.get(i), values.get(i));
        }
        return members;
    }

    /** Collects members while a record is read. */
    public static final class Builder {
        private final List<String> keys = new ArrayList<>();
        private final List<JsonValue> values = new ArrayList<>();
        private @Nullable Fault fault;

        public void add(String key, JsonValue value) {
            keys.add(key);
            values.add(value);
        }

        /** The first fault counts. */
        public void fault(String why) {
            fault = fault == null ? Fault.malformed(why) : fault;
        }

        /** A record of something that is no text; with its values also when it has a fault. */
        public JsonRecord build(long line) {
            return new JsonRecord(List.copyOf(keys), List.copyOf(values), line, -1, fault, null);
        }

        JsonRecord build(long line, long byteOffset, @Nullable String text) {
            return new JsonRecord(List.copyOf(keys), List.copyOf(values), line, byteOffset, fault, text);
        }
    }
}
