package io.headworks.duckdb.inspect;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of the engine's syntax tree, as {@code json_serialize_sql} writes it. */
public record Node(Map<?, ?> members) {

    static @Nullable Node of(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? new Node(map) : null;
    }

    /** A text or a number as it is written; empty for anything else. */
    public String text(String member) {
        Object value = members.get(member);
        return value instanceof String || value instanceof Json.Numeral ? value.toString() : "";
    }

    public boolean flag(String member) {
        return Boolean.TRUE.equals(members.get(member));
    }

    public @Nullable Node child(String member) {
        return of(members.get(member));
    }

    public List<?> list(String member) {
        return members.get(member) instanceof List<?> list ? list : List.of();
    }

    /** Nothing there: absent, null, false, an empty text or an empty list. */
    boolean lacks(String member) {
        Object value = members.get(member);
        return value == null
                || Boolean.FALSE.equals(value)
                || "".equals(value)
                || (value instanceof List<?> list && list.isEmpty());
    }

    /** First byte of this node in the text; -1 where the parser does not say. */
    int location() {
        return number("query_location");
    }

    int length() {
        return number("query_location_length");
    }

    private int number(String member) {
        String digits = text(member);
        if (digits.isEmpty()) {
            return -1;
        }
        BigInteger value = new BigInteger(digits);
        return value.bitLength() < Integer.SIZE ? value.intValue() : -1;
    }

    public List<String> texts(String member) {
        return list(member).stream().map(String::valueOf).toList();
    }
}
