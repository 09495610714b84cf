package io.headworks.duckdb.compile;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * When JSON is exactly of a type. The engine's cast from JSON makes NULL of what it cannot read, rounds 1.5 to a bigint,
 * reads true as 1 and any number as text: each JSON value is checked apart, and numbers against a witness, the same JSON
 * read with more digits.
 */
final class JsonFit {
    private static final String NUMBER = "'BIGINT', 'UBIGINT', 'DOUBLE', 'VARCHAR', 'NULL'";

    private JsonFit() {}

    /** SQL that is true when every JSON value is of a kind that the type may be read from. */
    static String kinds(String what, String json, DataType type, int depth) {
        String kind = "coalesce(json_type(" + json + "), 'NULL')";
        return switch (TypeFamily.of(type)) {
            case TEXT, ENUMERATION, UUID, DATE, TIME, NAIVE_TIMESTAMP, INSTANT ->
                kind + " IN ('VARCHAR', 'NULL')" + text(what, json, type);
            case BOOLEAN -> kind + " IN ('BOOLEAN', 'NULL')";
            case INTEGER, DECIMAL ->
                kind + " IN (" + NUMBER + ")" + text(what, json, type)
                        + number(kind, value(json, type) + " IS NOT NULL");
            case FLOATING ->
                kind + " IN (" + NUMBER + ")" + text(what, json, type)
                        + number(kind, "isfinite(" + value(json, type) + ")");
            case NESTED -> nested(what, json, kind, type, depth);
            case JSON ->
                throw refused(what, type, "numbers in it would be written anew; use text, or json for the whole");
            default -> throw refused(what, type, "JSON has nothing like it");
        };
    }

    private static String number(String kind, String isThere) {
        return " AND (" + kind + " IN ('VARCHAR', 'NULL') OR " + isThere + ")";
    }

    private static String value(String json, DataType type) {
        return "TRY_CAST(" + json + " AS " + DuckTypes.spelling(type) + ")";
    }

    /** Text, also of times and numbers, is held to the spellings of a cast. */
    private static String text(String what, String json, DataType type) {
        if (type == Simple.TEXT) {
            return "";
        }
        String value = "(" + json + " ->> '$')";
        String fits = type instanceof DataType.Bounded bounded
                ? "length(" + value + ") <= " + bounded.length()
                : textFits(what, value, type);
        return " AND (json_type(" + json + ") IS DISTINCT FROM 'VARCHAR' OR (" + fits + "))";
    }

    private static String textFits(String what, String value, DataType type) {
        ExactCast exact = TextCast.of(what, value, type, false);
        return exact.fits(exact.value());
    }

    private static String nested(String what, String json, String kind, DataType type, int depth) {
        if (type instanceof DataType.ListOf list) {
            String element = "e" + depth;
            return "(" + kind + " IN ('ARRAY', 'NULL') AND coalesce(list_aggregate(list_transform(json_extract(" + json
                    + ", '$[*]'), lambda " + element + ": " + kinds(what, element, list.element(), depth + 1)
                    + "), 'bool_and'), true))";
        } else if (type instanceof DataType.Struct struct) {
            List<String> conditions = new ArrayList<>(List.of(
                    kind + " IN ('OBJECT', 'NULL')",
                    "len(json_keys(" + json + ")) IS NOT DISTINCT FROM len(list_distinct(json_keys(" + json + ")))"));
            for (Field field : struct.fields()) {
                conditions.add(
                        kinds(what, "json_extract(" + json + ", " + pointer(field.name()) + ")", field.type(), depth));
            }
            return "(" + String.join("\n    AND ", conditions) + ")";
        }
        throw refused(what, type, "use a struct or a list");
    }

    /** RFC 6901. */
    private static String pointer(String name) {
        return DuckSql.text("/" + name.replace("~", "~0").replace("/", "~1"));
    }

    private static RuntimeException refused(String what, DataType type, String why) {
        return Refusal.of("Cannot " + what + " to " + type + ": " + why);
    }

    /** The same shape with numbers of more digits, where a type would round. */
    static DataType witness(DataType type) {
        if (type instanceof DataType.ListOf list) {
            return new DataType.ListOf(witness(list.element()));
        } else if (type instanceof DataType.Struct struct) {
            return new DataType.Struct(struct.fields().stream()
                    .map(field -> new Field(field.name(), witness(field.type())))
                    .toList());
        } else if (type instanceof DataType.Decimal decimal) {
            return new DataType.Decimal(38, 38 - (decimal.precision() - decimal.scale()));
        } else if (type == Simple.HUGEINT) {
            return Simple.DOUBLE;
        } else if (type == Simple.UINT64) {
            return new DataType.Decimal(38, 18);
        }
        return type.isInteger() ? new DataType.Decimal(38, 19) : type;
    }
}
