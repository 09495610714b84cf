package io.headworks.connector.files.json;

/**
 * A value of JSON as it is written.
 *
 * @param text a string's characters, a number's literal, the JSON text of an object or array, empty otherwise
 */
public record JsonValue(Kind kind, String text) {
    public enum Kind {
        NULL,
        TRUE,
        FALSE,
        NUMBER,
        STRING,
        /** A date or time as ISO 8601 writes it, of a file that knows it for one. */
        TEMPORAL,
        /** An object or array. */
        NESTED
    }

    static final JsonValue NULL = new JsonValue(Kind.NULL, "");
    public static final JsonValue TRUE = new JsonValue(Kind.TRUE, "");
    public static final JsonValue FALSE = new JsonValue(Kind.FALSE, "");

    public static JsonValue text(String text) {
        return new JsonValue(Kind.STRING, text);
    }

    public static JsonValue number(String literal) {
        return new JsonValue(Kind.NUMBER, literal);
    }

    /** @param iso a date, a time with seconds, or both with a T between */
    public static JsonValue temporal(String iso) {
        return new JsonValue(Kind.TEMPORAL, iso);
    }

    boolean isNull() {
        return kind == Kind.NULL;
    }

    boolean isBoolean() {
        return kind == Kind.TRUE || kind == Kind.FALSE;
    }

    /** As JSON. */
    String json() {
        return switch (kind) {
            case NULL -> "null";
            case TRUE -> "true";
            case FALSE -> "false";
            case NUMBER, NESTED -> text;
            case STRING, TEMPORAL -> JsonText.quoted(text);
        };
    }
}
