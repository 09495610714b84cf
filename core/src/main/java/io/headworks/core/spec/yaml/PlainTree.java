package io.headworks.core.spec.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** YAML as maps, lists, texts, numbers, booleans and null, by the core schema of YAML 1.2. */
public final class PlainTree {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private PlainTree() {}

    /** The tree below a node. */
    public static @Nullable Object of(Node node) {
        if (node instanceof Node.Mapping map) {
            return of(map);
        }
        if (node instanceof Node.Sequence list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(of(item)));
            return items;
        }
        return scalar((Node.Scalar) node);
    }

    /** The tree of a map, in the order of the file. */
    public static Map<String, @Nullable Object> of(Node.Mapping map) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        map.entries().forEach(entry -> tree.put(entry.name(), of(entry.value())));
        return tree;
    }

    private static @Nullable Object scalar(Node.Scalar scalar) {
        String text = scalar.text();
        if (scalar.isNull()) {
            return null;
        }
        if (scalar.style() != Node.Scalar.Style.PLAIN) {
            return text;
        }
        return switch (text) {
            case "true", "True", "TRUE" -> Boolean.TRUE;
            case "false", "False", "FALSE" -> Boolean.FALSE;
            default -> number(text);
        };
    }

    private static Object number(String text) {
        if (INTEGER.matcher(text).matches()) {
            BigInteger whole = new BigInteger(text);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }
}
