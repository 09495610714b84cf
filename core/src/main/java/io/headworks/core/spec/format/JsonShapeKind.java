package io.headworks.core.spec.format;

import io.headworks.api.check.JsonShape;
import io.headworks.api.check.JsonShape.Bounds;
import io.headworks.api.check.JsonShape.Constant;
import io.headworks.api.check.JsonShape.Type;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.yaml.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schema as far as checks know it; what they do not know is refused, never ignored. */
final class JsonShapeKind implements Kind<JsonShape> {
    private static final List<String> KEYWORDS = List.of(
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "items",
            "minItems",
            "maxItems");
    /** Of no consequence to what is valid. */
    private static final List<String> WORDS =
            List.of("$schema", "$id", "$comment", "title", "description", "examples", "default");

    @Override
    public @Nullable JsonShape read(Node node, Reading in) {
        if (!(node instanceof Node.Mapping map)) {
            in.refuse(
                    node,
                    "wrong-type",
                    "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: a JSON Schema)",
                    null);
            return null;
        }
        int before = in.problems().sorted().size();
        Map<String, Node> keywords = new LinkedHashMap<>();
        for (Node.Entry entry : map.entries()) {
            if (KEYWORDS.contains(entry.name())) {
                keywords.put(entry.name(), entry.value());
            } else if (!WORDS.contains(entry.name())) {
                unknown(entry, in);
            }
        }
        JsonShape shape = shape(keywords, in);
        return in.problems().sorted().size() == before ? shape : null;
    }

    private static void unknown(Node.Entry entry, Reading in) {
        String nearest = Nearest.to(entry.name(), KEYWORDS);
        in.refuse(
                entry.key(),
                "unknown-key",
                "'" + entry.name() + "' of JSON Schema is not known here (allowed: " + String.join(", ", KEYWORDS)
                        + ")",
                nearest == null ? "check the rest with sql" : "did you mean '" + nearest + "'?");
    }

    private JsonShape shape(Map<String, Node> keywords, Reading in) {
        Map<String, JsonShape> properties = new LinkedHashMap<>();
        if (keywords.get("properties") instanceof Node.Mapping named) {
            for (Node.Entry entry : named.entries()) {
                JsonShape property = in.part(entry.name(), this, entry.value());
                if (property != null) {
                    properties.put(entry.name(), property);
                }
            }
        } else if (keywords.containsKey("properties")) {
            wrong(keywords, "properties", "a map of names to schemas", in);
        }
        List<Constant> values = new ArrayList<>();
        each(keywords.get("enum")).forEach(value -> constant(value, values, in));
        each(keywords.get("const")).forEach(value -> constant(value, values, in));
        Node items = keywords.get("items");
        return new JsonShape(
                types(keywords.get("type"), in),
                values,
                properties,
                each(keywords.get("required")).stream()
                        .map(name -> text(name, in))
                        .toList(),
                others(keywords, in),
                counts("minLength", "maxLength", keywords, in),
                keywords.containsKey("pattern") ? text(keywords.get("pattern"), in) : null,
                new Bounds(
                        number("minimum", keywords, in),
                        number("maximum", keywords, in),
                        number("exclusiveMinimum", keywords, in),
                        number("exclusiveMaximum", keywords, in)),
                counts("minItems", "maxItems", keywords, in),
                items == null ? null : in.part("items", this, items));
    }

    private static List<Node> each(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        return node instanceof Node.Sequence list ? list.items() : List.of(node);
    }

    private static List<Type> types(@Nullable Node node, Reading in) {
        List<Type> types = new ArrayList<>();
        for (Node each : each(node)) {
            // a null that is not quoted is the type of that name
            String word = each.isNull() ? "null" : text(each, in);
            Type type = null;
            for (Type known : Type.values()) {
                type = known.name().toLowerCase(Locale.ROOT).equals(word) ? known : type;
            }
            if (type == null) {
                in.refuse(each, "invalid-value", "'" + word + "' is no type of JSON Schema", null);
            } else {
                types.add(type);
            }
        }
        return types;
    }

    private static void constant(Node node, List<Constant> values, Reading in) {
        if (!(node instanceof Node.Scalar scalar)) {
            in.refuse(node, "not-yet", "lists and maps as values are not built yet", "check them with sql");
            return;
        }
        boolean plain = scalar.style() == Node.Scalar.Style.PLAIN;
        String text = scalar.text();
        if (node.isNull()) {
            values.add(new Constant(Type.NULL, "null"));
        } else if (plain && (text.equals("true") || text.equals("false"))) {
            values.add(new Constant(Type.BOOLEAN, text));
        } else if (plain && text.matches("-?(0|[1-9][0-9]*)")) {
            values.add(new Constant(Type.INTEGER, text));
        } else if (plain && Scalars.number(text) != null) {
            in.refuse(node, "not-yet", "fractions as values are not built yet", "write minimum and maximum");
        } else {
            values.add(new Constant(Type.STRING, text(node, in)));
        }
    }

    private static boolean others(Map<String, Node> keywords, Reading in) {
        Node node = keywords.get("additionalProperties");
        if (node == null) {
            return true;
        }
        String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
        if (!text.equals("true") && !text.equals("false")) {
            in.refuse(
                    node, "not-yet", "a schema for additionalProperties is not built yet (allowed: true, false)", null);
        }
        return text.equals("true");
    }

    private static Bounds counts(String min, String max, Map<String, Node> keywords, Reading in) {
        return new Bounds(number(min, keywords, in), number(max, keywords, in), null, null);
    }

    private static @Nullable BigDecimal number(String keyword, Map<String, Node> keywords, Reading in) {
        Node node = keywords.get(keyword);
        if (node == null) {
            return null;
        }
        BigDecimal number = Scalars.number(text(node, in));
        if (number == null) {
            wrong(keywords, keyword, "a number", in);
        }
        return number;
    }

    private static void wrong(Map<String, Node> keywords, String keyword, String allowed, Reading in) {
        Node node = keywords.get(keyword);
        if (node != null) {
            in.refuse(node, "wrong-type", keyword + " is " + node.kind() + " (allowed: " + allowed + ")", null);
        }
    }

    private static String text(@Nullable Node node, Reading in) {
        String text = node == null ? null : in.text(node, "text");
        return text == null ? "" : text;
    }

    @Override
    public String label() {
        return "JSON Schema";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("type", "object");
    }
}
