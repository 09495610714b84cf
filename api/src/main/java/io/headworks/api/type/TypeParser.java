package io.headworks.api.type;

import io.headworks.api.type.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recursive-descent reader of type spellings; answers empty for anything that is not one whole type. */
final class TypeParser {
    private static final Map<String, DataType> NAMES = Map.ofEntries(
            Map.entry("boolean", Simple.BOOLEAN),
            Map.entry("bool", Simple.BOOLEAN),
            Map.entry("tinyint", Simple.INT8),
            Map.entry("int8", Simple.INT8),
            Map.entry("int1", Simple.INT8),
            Map.entry("smallint", Simple.INT16),
            Map.entry("int16", Simple.INT16),
            Map.entry("int2", Simple.INT16),
            Map.entry("integer", Simple.INT32),
            Map.entry("int32", Simple.INT32),
            Map.entry("int", Simple.INT32),
            Map.entry("int4", Simple.INT32),
            Map.entry("bigint", Simple.INT64),
            Map.entry("int64", Simple.INT64),
            Map.entry("long", Simple.INT64),
            Map.entry("utinyint", Simple.UINT8),
            Map.entry("uint8", Simple.UINT8),
            Map.entry("usmallint", Simple.UINT16),
            Map.entry("uint16", Simple.UINT16),
            Map.entry("uinteger", Simple.UINT32),
            Map.entry("uint32", Simple.UINT32),
            Map.entry("ubigint", Simple.UINT64),
            Map.entry("uint64", Simple.UINT64),
            Map.entry("hugeint", Simple.HUGEINT),
            Map.entry("int128", Simple.HUGEINT),
            Map.entry("numeric", Simple.NUMERIC),
            Map.entry("float", Simple.FLOAT),
            Map.entry("real", Simple.FLOAT),
            Map.entry("float4", Simple.FLOAT),
            Map.entry("double", Simple.DOUBLE),
            Map.entry("double precision", Simple.DOUBLE),
            Map.entry("float8", Simple.DOUBLE),
            Map.entry("text", Simple.TEXT),
            Map.entry("varchar", Simple.TEXT),
            Map.entry("string", Simple.TEXT),
            Map.entry("binary", Simple.BINARY),
            Map.entry("blob", Simple.BINARY),
            Map.entry("bytea", Simple.BINARY),
            Map.entry("date", Simple.DATE),
            Map.entry("time", new DataType.Time(6)),
            Map.entry("timetz", Simple.TIMETZ),
            Map.entry("time with time zone", Simple.TIMETZ),
            Map.entry("timestamp", DataType.TIMESTAMP),
            Map.entry("datetime", DataType.TIMESTAMP),
            Map.entry("timestamp_s", new DataType.Timestamp(0, false)),
            Map.entry("timestamp_ms", new DataType.Timestamp(3, false)),
            Map.entry("timestamp_ns", new DataType.Timestamp(9, false)),
            Map.entry("timestamptz", DataType.TIMESTAMPTZ),
            Map.entry("timestamp with time zone", DataType.TIMESTAMPTZ),
            Map.entry("interval", Simple.INTERVAL),
            Map.entry("uuid", Simple.UUID),
            Map.entry("json", Simple.JSON),
            Map.entry("geometry", Simple.GEOMETRY));

    private final String text;
    private int at;

    private TypeParser(String text) {
        this.text = text;
    }

    static Optional<DataType> parse(String spelling) {
        TypeParser parser = new TypeParser(spelling.strip());
        try {
            DataType type = parser.type();
            return type != null && parser.at == parser.text.length() ? Optional.of(type) : Optional.empty();
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }

    private @Nullable DataType type() {
        String name = name();
        DataType type = peek('(') ? parametrised(name) : NAMES.get(name);
        while (type != null && accept("[]")) {
            type = new DataType.ListOf(type);
        }
        return type;
    }

    private String name() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || " _".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at).strip().toLowerCase(Locale.ROOT);
    }

    private @Nullable DataType parametrised(String name) {
        at++;
        @Nullable
        DataType type = switch (name) {
            case "struct" -> struct();
            case "map" -> map();
            case "list" -> listOf();
            case "enum" -> enumeration();
            default -> numbered(name);
        };
        return type != null && accept(")") ? type : null;
    }

    private @Nullable DataType numbered(String name) {
        List<Integer> numbers = numbers();
        int first = numbers.isEmpty() ? -1 : numbers.get(0);
        if (numbers.size() == 2) {
            return name.equals("decimal") || name.equals("numeric")
                    ? new DataType.Decimal(first, numbers.get(1))
                    : null;
        }
        if (numbers.size() != 1 || first < 0) {
            return null;
        }
        return switch (name) {
            case "decimal", "numeric" -> new DataType.Decimal(first, 0);
            case "text", "varchar" -> new DataType.Bounded(first, false);
            case "char" -> new DataType.Bounded(first, true);
            case "bits", "bit" -> new DataType.Bits(first);
            case "time" -> first <= 9 ? new DataType.Time(first) : null;
            case "timestamp" -> first <= 9 ? new DataType.Timestamp(first, false) : null;
            case "timestamptz" -> first <= 9 ? new DataType.Timestamp(first, true) : null;
            default -> null;
        };
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        do {
            skipBlanks();
            int start = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            if (start == at || at - start > 6) {
                return List.of();
            }
            numbers.add(Integer.parseInt(text.substring(start, at)));
            skipBlanks();
        } while (accept(","));
        return numbers;
    }

    private @Nullable DataType struct() {
        List<Field> fields = new ArrayList<>();
        do {
            skipBlanks();
            String field = fieldName();
            skipBlanks();
            DataType type = type();
            if (field.isEmpty() || type == null) {
                return null;
            }
            fields.add(new Field(field, type, true));
            skipBlanks();
        } while (accept(","));
        return new DataType.Struct(fields);
    }

    private String fieldName() {
        if (peek('"')) {
            return quoted('"');
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted(char quote) {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                out.append(c);
            } else if (peek(quote)) {
                out.append(quote);
                at++;
            } else {
                return out.toString();
            }
        }
        throw new IllegalArgumentException("quote never closed");
    }

    private @Nullable DataType map() {
        skipBlanks();
        DataType key = type();
        if (key == null || !accept(",")) {
            return null;
        }
        skipBlanks();
        DataType value = type();
        return value == null ? null : new DataType.MapOf(key, value);
    }

    private @Nullable DataType listOf() {
        skipBlanks();
        DataType element = type();
        return element == null ? null : new DataType.ListOf(element);
    }

    private @Nullable DataType enumeration() {
        List<String> values = new ArrayList<>();
        do {
            skipBlanks();
            if (!peek('\'')) {
                return null;
            }
            values.add(quoted('\''));
            skipBlanks();
        } while (accept(","));
        return new DataType.Enumeration(values);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean accept(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }
}
