package io.headworks.connector.files.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** A parser's complaint as a short sentence. */
final class JsonSyntax {
    private JsonSyntax() {}

    /** Without the place, which is told apart. */
    static String sentence(JsonProcessingException malformed) {
        String message = malformed.getOriginalMessage();
        int line = message.indexOf('\n');
        String first = line < 0 ? message : message.substring(0, line);
        return "it is no JSON: " + first + " (column " + column(malformed) + ")";
    }

    static String place(JsonProcessingException malformed) {
        JsonLocation location = malformed.getLocation();
        return location == null
                ? "at an unknown place"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr()
                        + (location.getByteOffset() < 0 ? "" : ", byte " + location.getByteOffset());
    }

    private static int column(JsonProcessingException malformed) {
        JsonLocation location = malformed.getLocation();
        return location == null ? 0 : location.getColumnNr();
    }
}
