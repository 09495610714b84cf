package io.headworks.api.name;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which names tables and columns can have in a target, and what stands for the others. The answers are the same for ever:
 * they are stored in users' systems.
 *
 * @param most how long a name may be; 0 for any length
 * @param unit what that counts
 * @param alphabet which characters it may have
 * @param tellsCase true where names may differ in nothing but case
 */
public record NameRule(int most, Unit unit, Alphabet alphabet, boolean tellsCase) {
    /** Any text is a name, compared without case. */
    public static final NameRule ANY = new NameRule(0, Unit.CHARACTERS, Alphabet.ANY, false);

    private static final int DIGITS = 8;
    private static final int ALL_DIGITS = 64;

    public enum Unit {
        /** Of UTF-8. */
        BYTES,
        CHARACTERS
    }

    public enum Alphabet {
        ANY,
        /** No character above U+FFFF, no blank at the end; letters are the same with and without accents. */
        BASIC_PLANE
    }

    public NameRule {
        if (most != 0 && most <= ALL_DIGITS / 2) {
            throw new IllegalArgumentException("Cannot tell names of " + most + " characters apart by a hash");
        }
    }

    /** True when a target can have this name as it is. */
    public boolean holds(String name) {
        boolean spelled =
                alphabet == Alphabet.ANY || name.chars().noneMatch(NameRule::isSurrogate) && !name.endsWith(" ");
        return spelled && (most == 0 || length(name) <= most);
    }

    /** The name itself where it is held; else its beginning, {@code _}, and the first 8 hex digits of its SHA-256. */
    public String fitted(String name) {
        return holds(name) ? name : marked(name, DIGITS);
    }

    /** What stands for a name that is not held or is taken; more digits where that is taken as well. */
    public String distinct(String name, Predicate<String> taken) {
        for (int digits = DIGITS; digits < ALL_DIGITS && (most == 0 || digits < most); digits *= 2) {
            String candidate = marked(name, digits);
            if (!taken.test(candidate)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("Cannot name '" + name + "': every name made of it is taken");
    }

    /** Names with the same answer are one name. */
    public String folded(String name) {
        String plain = alphabet == Alphabet.ANY
                ? name
                : Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return tellsCase ? plain : plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private String marked(String name, int digits) {
        String mark = "_" + Hash.of(name).substring(0, digits);
        return beginning(spelled(name), most == 0 ? Integer.MAX_VALUE : most - mark.length()) + mark;
    }

    private String spelled(String name) {
        return alphabet == Alphabet.ANY ? name : name.replaceAll("[^\\x{0}-\\x{FFFF}]", "_");
    }

    /** Cut between characters. */
    private String beginning(String name, int room) {
        int end = 0;
        int used = 0;
        while (end < name.length()) {
            String character = Character.toString(name.codePointAt(end));
            used += length(character);
            if (used > room) {
                break;
            }
            end += character.length();
        }
        return name.substring(0, end);
    }

    private int length(String text) {
        return unit == Unit.BYTES ? text.getBytes(StandardCharsets.UTF_8).length : text.length();
    }

    private static boolean isSurrogate(int character) {
        return Character.isSurrogate((char) character);
    }
}
