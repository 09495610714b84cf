package io.headworks.core.contract.odcs;

import static io.headworks.core.contract.odcs.AnyKind.ANYTHING;

import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.EitherKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of the standard, version 3.1, of which those of 3.0 are a part: https://bitol-io.github.io/open-data-contract-standard. */
final class OdcsFormat {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Kind<String> TEXT = TextKind.TEXT;
    private static final ScalarKind<String> NUMERIC = ScalarKind.of(
            "number", "a number", Form.TEXT, text -> NUMBER.matcher(text).matches() ? text : null);
    private static final List<String> OPERATORS = List.of(
            "mustBe",
            "mustNotBe",
            "mustBeGreaterThan",
            "mustBeGreaterOrEqualTo",
            "mustBeLessThan",
            "mustBeLessOrEqualTo",
            "mustBeBetween",
            "mustNotBeBetween");

    private static final ObjectKind<Boolean> CUSTOM_PROPERTY =
            object("custom property", needed("property", TEXT), List.of(any("value"), text("description"), text("id")));
    private static final Key<?> CUSTOM_PROPERTIES = list("customProperties", CUSTOM_PROPERTY);
    private static final Key<?> TAGS = list("tags", TEXT);
    private static final ObjectKind<Boolean> DEFINITION = object(
            "authoritative definition", needed("url", TEXT), List.of(text("type"), text("description"), text("id")));
    private static final Key<?> DEFINITIONS = list("authoritativeDefinitions", DEFINITION);

    private static final ObjectKind<Boolean> ROLE = object(
            "role",
            needed("role", TEXT),
            List.of(
                    text("id"),
                    text("description"),
                    text("access"),
                    text("firstLevelApprovers"),
                    text("secondLevelApprovers"),
                    CUSTOM_PROPERTIES));
    private static final ObjectKind<Boolean> SERVER = object(
                    "server",
                    needed("server", TEXT),
                    List.of(
                            needed("type", TEXT),
                            text("id"),
                            text("description"),
                            text("environment"),
                            list("roles", ROLE),
                            CUSTOM_PROPERTIES))
            .others(ANYTHING);
    private static final ObjectKind<Boolean> MEMBER = object(
            "team member",
            needed("username", TEXT),
            List.of(
                    text("id"),
                    text("name"),
                    text("description"),
                    text("role"),
                    text("dateIn"),
                    text("dateOut"),
                    text("replacedByUsername"),
                    TAGS,
                    CUSTOM_PROPERTIES,
                    DEFINITIONS));
    private static final ObjectKind<Boolean> TEAM = object(
            "team",
            text("name"),
            List.of(text("id"), text("description"), list("members", MEMBER), TAGS, CUSTOM_PROPERTIES, DEFINITIONS));
    private static final ObjectKind<Boolean> SUPPORT = object(
            "support channel",
            needed("channel", TEXT),
            List.of(
                    text("id"),
                    text("url"),
                    text("description"),
                    text("tool"),
                    text("scope"),
                    text("invitationUrl"),
                    CUSTOM_PROPERTIES));
    private static final ObjectKind<Boolean> PRICE = object(
            "price", optional("priceAmount", NUMERIC), List.of(text("id"), text("priceCurrency"), text("priceUnit")));
    private static final ObjectKind<Boolean> SLA = object(
            "sla property",
            needed("property", TEXT),
            List.of(
                    Key.of("value", ANYTHING, "").mandatory(),
                    any("valueExt"),
                    text("id"),
                    text("unit"),
                    text("element"),
                    text("driver"),
                    text("description"),
                    text("scheduler"),
                    text("schedule")));
    private static final ObjectKind<Boolean> RELATIONSHIP = object(
            "relationship",
            text("type"),
            List.of(any("from"), Key.of("to", ANYTHING, "").mandatory(), text("id"), CUSTOM_PROPERTIES));

    private static final ObjectKind<Boolean> QUALITY = ObjectKind.of("quality", "", qualityKeys(), OdcsFormat::quality);

    private static final ObjectKind<Boolean> OPTIONS = object(
            "logical type options",
            optional("minLength", Scalars.COUNT),
            List.of(
                    optional("maxLength", Scalars.COUNT),
                    text("pattern"),
                    text("format"),
                    any("minimum"),
                    any("maximum"),
                    any("exclusiveMinimum"),
                    any("exclusiveMaximum"),
                    optional("multipleOf", NUMERIC),
                    optional("timezone", Scalars.BOOLEAN),
                    text("defaultTimezone"),
                    optional("minItems", Scalars.COUNT),
                    optional("maxItems", Scalars.COUNT),
                    optional("uniqueItems", Scalars.BOOLEAN),
                    optional("minProperties", Scalars.COUNT),
                    optional("maxProperties", Scalars.COUNT),
                    list("required", TEXT)));

    private static final List<Key<?>> ELEMENT = List.of(
            text("id"),
            text("physicalType"),
            text("physicalName"),
            text("description"),
            text("businessName"),
            DEFINITIONS,
            TAGS,
            CUSTOM_PROPERTIES,
            list("relationships", RELATIONSHIP),
            list("quality", QUALITY));
    private static final ObjectKind<Boolean> PROPERTY = property("property", needed("name", TEXT));
    private static final ObjectKind<Boolean> ITEM = property("items", text("name"));
    private static final ObjectKind<Boolean> OBJECT = ObjectKind.of(
            "schema object",
            "",
            joined(
                    ELEMENT,
                    List.of(
                            needed("name", TEXT),
                            choice("logicalType", "object"),
                            text("dataGranularityDescription"),
                            list("properties", PROPERTY))),
            values -> true);

    private static final Kind<Boolean> TEAMS = AnyKind.optional(
            EitherKind.of(io.headworks.core.spec.descriptor.MappedKind.of(ListKind.of(MEMBER), members -> true), TEAM));

    static final ObjectKind<Boolean> DOCUMENT = ObjectKind.of(
            "contract",
            "",
            List.of(
                    needed("version", TEXT),
                    Key.of(
                                    "apiVersion",
                                    AnyKind.needed(ChoiceKind.of(words("v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0"))),
                                    "")
                            .mandatory()
                            .like("v3.1.0"),
                    Key.of("kind", AnyKind.needed(ChoiceKind.of(words("DataContract"))), "")
                            .mandatory()
                            .like("DataContract"),
                    needed("id", TEXT),
                    needed("status", TEXT),
                    text("name"),
                    text("tenant"),
                    TAGS,
                    list("servers", SERVER),
                    text("dataProduct"),
                    Key.of(
                            "description",
                            AnyKind.optional(object(
                                    "description",
                                    text("usage"),
                                    List.of(text("purpose"), text("limitations"), DEFINITIONS, CUSTOM_PROPERTIES))),
                            ""),
                    text("domain"),
                    list("schema", OBJECT),
                    list("support", SUPPORT),
                    Key.of("price", AnyKind.optional(PRICE), ""),
                    Key.of("team", TEAMS, ""),
                    list("roles", ROLE),
                    text("slaDefaultElement"),
                    list("slaProperties", SLA),
                    DEFINITIONS,
                    CUSTOM_PROPERTIES,
                    text("contractCreatedTs")),
            values -> true);

    private OdcsFormat() {}

    private static ObjectKind<Boolean> property(String name, Key<?> named) {
        return ObjectKind.of(
                name,
                "",
                joined(
                        ELEMENT,
                        List.of(
                                named,
                                optional("primaryKey", Scalars.BOOLEAN),
                                optional("primaryKeyPosition", whole()),
                                choice(
                                        "logicalType",
                                        "string",
                                        "date",
                                        "timestamp",
                                        "time",
                                        "number",
                                        "integer",
                                        "object",
                                        "array",
                                        "boolean"),
                                Key.of("logicalTypeOptions", AnyKind.optional(OPTIONS), ""),
                                optional("required", Scalars.BOOLEAN),
                                optional("unique", Scalars.BOOLEAN),
                                optional("partitioned", Scalars.BOOLEAN),
                                optional("partitionKeyPosition", whole()),
                                text("classification"),
                                text("encryptedName"),
                                list("transformSourceObjects", TEXT),
                                text("transformLogic"),
                                text("transformDescription"),
                                list("examples", ANYTHING),
                                optional("criticalDataElement", Scalars.BOOLEAN),
                                Key.of("properties", AnyKind.later(() -> ListKind.of(OdcsFormat.PROPERTY)), ""),
                                Key.of("items", AnyKind.later(() -> OdcsFormat.ITEM), ""))),
                values -> true);
    }

    private static ScalarKind<String> whole() {
        return ScalarKind.of(
                "integer", "a whole number", Form.INTEGER, text -> text.matches("-?\\d{1,9}") ? text : null);
    }

    private static List<Key<?>> qualityKeys() {
        List<Key<?>> keys = new ArrayList<>(List.of(
                choice("type", "text", "library", "sql", "custom"),
                text("id"),
                text("name"),
                text("description"),
                text("metric"),
                text("rule"),
                any("arguments"),
                text("query"),
                text("engine"),
                any("implementation"),
                choice(
                        "dimension",
                        "accuracy",
                        "completeness",
                        "conformity",
                        "consistency",
                        "coverage",
                        "timeliness",
                        "uniqueness"),
                text("method"),
                text("severity"),
                text("businessImpact"),
                text("unit"),
                text("schedule"),
                text("scheduler"),
                any("validValues"),
                TAGS,
                DEFINITIONS,
                CUSTOM_PROPERTIES));
        OPERATORS.forEach(operator -> keys.add(any(operator)));
        return keys;
    }

    /** What a quality rule needs depends on its type. */
    private static @Nullable Boolean quality(Values values) {
        Node type = values.node().get("type");
        String kind = type instanceof Node.Scalar scalar && !scalar.isNull() ? scalar.text() : "library";
        List<String> needed = switch (kind) {
            case "sql" -> List.of("query");
            case "custom" -> List.of("engine", "implementation");
            default -> List.of();
        };
        boolean whole = true;
        for (String key : needed) {
            if (values.node().get(key) == null) {
                values.in()
                        .refuse(
                                values.node(),
                                "missing-key",
                                "key '" + key + "' is missing, which type " + kind + " needs",
                                "add " + key);
                whole = false;
            }
        }
        if (kind.equals("library")
                && values.node().get("metric") == null
                && values.node().get("rule") == null) {
            values.in()
                    .refuse(
                            values.node(),
                            "missing-key",
                            "key 'metric' is missing, which type library needs",
                            "add metric: nullValues");
            whole = false;
        }
        return whole ? Boolean.TRUE : null;
    }

    private static ObjectKind<Boolean> object(String name, Key<?> first, List<Key<?>> others) {
        Function<Values, @Nullable Boolean> fine = values -> true;
        return ObjectKind.of(name, "", joined(List.of(first), others), fine);
    }

    private static List<Key<?>> joined(List<Key<?>> some, List<? extends Key<?>> more) {
        return Stream.<Key<?>>concat(some.stream(), more.stream()).toList();
    }

    private static Key<?> needed(String name, Kind<?> kind) {
        return Key.of(name, AnyKind.needed(kind), "").mandatory();
    }

    private static Key<?> optional(String name, Kind<?> kind) {
        return Key.of(name, AnyKind.optional(kind), "");
    }

    private static Key<?> text(String name) {
        return optional(name, TEXT);
    }

    private static Key<?> any(String name) {
        return Key.of(name, ANYTHING, "");
    }

    private static Key<?> list(String name, Kind<?> item) {
        return optional(name, ListKind.of(item));
    }

    private static Key<?> choice(String name, String... allowed) {
        return optional(name, ChoiceKind.of(words(allowed)));
    }

    private static Map<String, String> words(String... allowed) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String each : allowed) {
            words.put(each, each);
        }
        return words;
    }
}
