package io.headworks.connector.files.json;

/**
 * A value of JSON as it is written.
 *
 * @param text a string's characters, a number's literal, the JSON text of an object or array, empty otherwise
 */
record JsonValue(Kind kind, String text) {
    enum Kind {
        NULL,
        TRUE,
        FALSE,
        NUMBER,
        STRING,
        /** An object or array. */
        NESTED
    }

    static final JsonValue NULL = new JsonValue(Kind.NULL, "");
    static final JsonValue TRUE = new JsonValue(Kind.TRUE, "");
    static final JsonValue FALSE = new JsonValue(Kind.FALSE, "");

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
            case STRING -> JsonText.quoted(text);
        };
    }
}
