package io.headworks.core.imports;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes maps, lists and single values as YAML: short ones on one line, others below each other. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*");
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "none");
    private static final int WIDTH = 100;

    private YamlText() {}

    /** A document. */
    public static String of(Map<String, ?> map) {
        StringBuilder out = new StringBuilder();
        block(map, 0, out);
        return out.toString();
    }

    /** A map, list or single value on one line. */
    public static String inline(Object value) {
        return flow(value);
    }

    private static void block(Map<?, ?> map, int indent, StringBuilder out) {
        map.forEach((key, value) -> {
            out.append(" ".repeat(indent)).append(scalar(String.valueOf(key))).append(':');
            value(value, indent, out);
        });
    }

    private static void value(Object value, int indent, StringBuilder out) {
        String flow = flow(value);
        boolean fits = flow.length() + indent < WIDTH;
        if (value instanceof String text && text.contains("\n") && isLiteral(text)) {
            out.append(" |-\n");
            text.lines()
                    .forEach(line -> out.append(line.isEmpty() ? "" : " ".repeat(indent + 2) + line)
                            .append('\n'));
        } else if (value instanceof Map<?, ?> map && !map.isEmpty() && (!fits || nests(map.values()))) {
            out.append('\n');
            block(map, indent + 2, out);
        } else if (value instanceof List<?> list && !list.isEmpty() && (!fits || nests(list))) {
            out.append('\n');
            list.forEach(item -> out.append(" ".repeat(indent + 2))
                    .append("- ")
                    .append(flow(item))
                    .append('\n'));
        } else {
            out.append(' ').append(flow).append('\n');
        }
    }

    private static boolean nests(Collection<?> values) {
        return values.stream().anyMatch(value -> value instanceof Map || value instanceof List);
    }

    /** Other texts would lose something in a block. */
    private static boolean isLiteral(String text) {
        return text.equals(text.strip())
                && text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f || c >= 0xa0 && c != 0xfeff);
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> scalar(String.valueOf(entry.getKey())) + ": " + flow(entry.getValue()))
                    .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(YamlText::flow).collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? scalar(text) : String.valueOf(value);
    }

    /** A text so that it is read back as it is. */
    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || c >= 0x7f && c < 0xa0 || c == 0xfeff) {
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
