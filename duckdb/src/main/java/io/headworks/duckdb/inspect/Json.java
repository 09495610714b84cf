package io.headworks.duckdb.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that the engine writes of a syntax tree: objects as maps in their order, arrays as lists, numbers as
 * their text. It trusts its input to be well formed.
 */
public final class Json {
    private static final int LONGEST_WORD = 32;
    private static final AtomicReferenceArray<@Nullable String> WORDS = new AtomicReferenceArray<>(1 << 12);

    private final String text;
    private final Function<String, Object> numbers;
    private int at;

    private Json(String text, Function<String, Object> numbers) {
        this.text = text;
        this.numbers = numbers;
    }

    /** A number as it is written. */
    public record Numeral(String digits) {
        @Override
        public String toString() {
            return digits;
        }
    }

    public static @Nullable Object read(String text) {
        return new Json(text, digits -> digits).value();
    }

    /** The same with numbers as {@link Numeral}, so that it can be written again as it was. */
    public static @Nullable Object readToWrite(String text) {
        return new Json(text, Numeral::new).value();
    }

    private @Nullable Object value() {
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        while (text.charAt(at) != '}') {
            String name = string();
            at++;
            members.put(name, value());
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        at++;
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        while (text.charAt(at) != ']') {
            elements.add(value());
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        at++;
        return elements;
    }

    private String string() {
        int start = ++at;
        while (text.charAt(at) != '"' && text.charAt(at) != '\\') {
            at++;
        }
        if (text.charAt(at) == '"') {
            return once(start, at++);
        }
        StringBuilder out = new StringBuilder(text.substring(start, at));
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    /** Names of members, and most values, are a few words again and again: a tree holds each once. */
    private String once(int start, int end) {
        if (end - start > LONGEST_WORD) {
            return text.substring(start, end);
        }
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        int place = (hash ^ hash >>> 15) & WORDS.length() - 1;
        String word = WORDS.get(place);
        if (word == null || word.length() != end - start || !text.startsWith(word, start)) {
            word = text.substring(start, end);
            WORDS.set(place, word);
        }
        return word;
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        at += word.length();
        return meaning;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return numbers.apply(text.substring(start, at));
    }
}
