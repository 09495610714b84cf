package io.headworks.connector.files.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object. What is well formed but cannot be kept (a key twice, a lone surrogate, too deep a nesting) becomes
 * the record's fault, and reading goes on to its end; what is not well formed is an exception of the parser.
 */
final class RecordParser {
    private final JsonParser parser;
    private JsonRecord.Builder record = new JsonRecord.Builder();

    RecordParser(JsonParser parser) {
        this.parser = parser;
    }

    /** Called at the object's opening brace; leaves the parser at the closing one. */
    JsonRecord read(long line, long byteOffset, @Nullable String text) throws IOException {
        record = new JsonRecord.Builder();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = checked(parser.currentName());
            if (!seen.add(key)) {
                record.fault("key \"" + key + "\" stands in it twice");
            }
            parser.nextToken();
            record.add(key, value());
        }
        return record.build(line, byteOffset, text);
    }

    /** The value at which the parser stands. */
    JsonValue value() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> JsonValue.NULL;
            case VALUE_TRUE -> JsonValue.TRUE;
            case VALUE_FALSE -> JsonValue.FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue(JsonValue.Kind.NUMBER, number());
            case VALUE_STRING -> new JsonValue(JsonValue.Kind.STRING, checked(parser.getText()));
            default -> new JsonValue(JsonValue.Kind.NESTED, nested());
        };
    }

    /** The array or object at which the parser stands, as text; numbers keep their digits. */
    private String nested() throws IOException {
        StringBuilder out = new StringBuilder();
        Deque<Set<String>> open = new ArrayDeque<>();
        boolean first = true;
        while (true) {
            JsonToken token = parser.currentToken();
            if (!token.isStructEnd() && !first) {
                out.append(',');
            }
            first = write(token, out, open);
            if (open.isEmpty()) {
                return out.toString();
            }
            if (open.size() >= JsonLimits.MAX_DEPTH) {
                record.fault("it is nested deeper than " + JsonLimits.MAX_DEPTH + " levels");
            }
            parser.nextToken();
        }
    }

    /** Writes a token; true when nothing may stand between it and the next value. */
    private boolean write(JsonToken token, StringBuilder out, Deque<Set<String>> open) throws IOException {
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                out.append(token.asString());
                open.push(new HashSet<>());
                return true;
            }
            case END_OBJECT, END_ARRAY -> {
                out.append(token.asString());
                open.pop();
                return false;
            }
            case FIELD_NAME -> {
                String key = checked(parser.currentName());
                if (!open.element().add(key)) {
                    record.fault("key \"" + key + "\" stands in a nested object twice");
                }
                JsonText.quote(key, out);
                out.append(':');
                return true;
            }
            case VALUE_STRING -> JsonText.quote(checked(parser.getText()), out);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.append(number());
            default -> out.append(token.asString());
        }
        return false;
    }

    private String number() throws IOException {
        String literal = parser.getText();
        if (literal.length() > JsonLimits.MAX_NUMBER_DIGITS) {
            record.fault("a number in it has more than " + JsonLimits.MAX_NUMBER_DIGITS + " digits");
            return "0";
        }
        return literal;
    }

    private String checked(String text) {
        if (JsonText.hasLoneSurrogate(text)) {
            record.fault("a string in it holds half of a surrogate pair");
        }
        return text;
    }
}
