package io.headworks.connector.files.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lists, structs and maps. A struct takes its fields by name; a field missing is NULL, one too many is refused. */
final class NestedReader {
    private final ValueReader values;

    NestedReader(ValueReader values) {
        this.values = values;
    }

    Object read(JsonValue value, DataType type) throws Misfit {
        if (value.kind() != JsonValue.Kind.NESTED) {
            throw new Misfit(value.json() + " is no " + type);
        }
        if (type instanceof DataType.ListOf list) {
            return list(value, list);
        } else if (type instanceof DataType.Struct struct) {
            return struct(members(value, type), struct);
        }
        return map(members(value, type), (DataType.MapOf) type);
    }

    private List<@Nullable Object> list(JsonValue value, DataType.ListOf type) throws Misfit {
        try (JsonParser parser = JsonLimits.factory().createParser("{\"list\":" + value.text() + "}")) {
            parser.nextToken();
            parser.nextToken();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new Misfit("an object is no " + type);
            }
            List<@Nullable Object> elements = new ArrayList<>();
            RecordParser records = new RecordParser(parser);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(values.read(records.value(), type.element()));
            }
            return elements;
        } catch (IOException e) {
            throw new UncheckedIOException("text that was read before no longer reads", e);
        }
    }

    private List<@Nullable Object> struct(Map<String, JsonValue> members, DataType.Struct type) throws Misfit {
        List<@Nullable Object> fields = new ArrayList<>();
        for (Field field : type.fields()) {
            JsonValue member = members.remove(field.name());
            fields.add(member == null ? null : values.read(member, field.type()));
        }
        if (!members.isEmpty()) {
            throw new Misfit("\"" + members.keySet().iterator().next() + "\" is no field of its " + type);
        }
        return fields;
    }

    private List<@Nullable Object> map(Map<String, JsonValue> members, DataType.MapOf type) throws Misfit {
        List<@Nullable Object> entries = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            List<@Nullable Object> entry = new ArrayList<>();
            entry.add(values.readText(member.getKey(), type.key()));
            entry.add(values.read(member.getValue(), type.value()));
            entries.add(entry);
        }
        return entries;
    }

    private static Map<String, JsonValue> members(JsonValue value, DataType type) throws Misfit {
        try (JsonParser parser = JsonLimits.factory().createParser(value.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Misfit("an array is no " + type);
            }
            return new RecordParser(parser).read(0, 0, null).members();
        } catch (IOException e) {
            throw new UncheckedIOException("text that was read before no longer reads", e);
        }
    }
}
