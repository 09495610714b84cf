package io.headworks.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trees of {@code Map<String, ?>}, {@code List<?>}, String, Boolean, Number and null, written and read. Streams only:
 * the data-binding half of the library is slow to start.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Keys sorted, no white space: equal trees give equal texts on every machine. */
    public static String canonical(@Nullable Object tree) {
        return write(tree, true, false);
    }

    public static String compact(@Nullable Object tree) {
        return write(tree, false, false);
    }

    public static String pretty(@Nullable Object tree) {
        return write(tree, false, true);
    }

    /** Whole numbers come back as Long or BigInteger, others as BigDecimal. */
    public static @Nullable Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException malformed) {
            throw new UncheckedIOException("Cannot read JSON: " + malformed.getMessage(), malformed);
        }
    }

    /** A JSON object. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> readObject(String text) {
        Object tree = read(text);
        if (tree instanceof Map) {
            return (Map<String, @Nullable Object>) tree;
        }
        throw new IllegalArgumentException("Cannot read JSON object: the text is something else");
    }

    private static String write(@Nullable Object tree, boolean sorted, boolean pretty) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            if (pretty) {
                generator.useDefaultPrettyPrinter();
            }
            write(generator, tree, sorted);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value, boolean sorted) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            Map<?, ?> entries = sorted ? new TreeMap<>(map) : map;
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(out, entry.getValue(), sorted);
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element, sorted);
            }
            out.writeEndArray();
        } else {
            scalar(out, value);
        }
    }

    private static void scalar(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Integer || value instanceof Long) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger integer) {
            out.writeNumber(integer);
        } else if (value instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else {
            out.writeString(value.toString());
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("the text ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            default -> null;
        };
    }

    private static Number whole(JsonParser parser) throws IOException {
        BigInteger integer = parser.getBigIntegerValue();
        return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            map.put(key, value(parser));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }
}
