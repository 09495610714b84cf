package io.headworks.core.spec.yaml;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.yaml.Node.Scalar;
import io.headworks.core.spec.yaml.Node.Scalar.Style;

/**
 * Finds where a character of a scalar's text stands in its file, by walking the source again: escapes, folded lines and
 * the indentation of blocks move characters. Only used to report an error.
 */
public final class ScalarPositions {
    private final Scalar scalar;
    private final int[] source;
    private int at;

    private ScalarPositions(Scalar scalar) {
        this.scalar = scalar;
        this.source = scalar.source().text().codePoints().toArray();
        this.at = scalar.start();
    }

    /** The place of a UTF-16 offset in {@link Scalar#text}; an offset past the end answers the end. */
    public static Place locate(Scalar scalar, int offset) {
        int bounded = Math.max(0, Math.min(offset, scalar.text().length()));
        int codePoints = scalar.text().codePointCount(0, bounded);
        return scalar.source().place(new ScalarPositions(scalar).find(codePoints));
    }

    private int find(int target) {
        if (scalar.style() == Style.LITERAL || scalar.style() == Style.FOLDED) {
            skipLine();
        } else if (scalar.style() != Style.PLAIN) {
            at++;
        }
        int[] text = scalar.text().codePoints().toArray();
        for (int i = 0; i < target && i < text.length; i++) {
            step(text[i]);
        }
        if (target < text.length) {
            align(text[target]);
        }
        return Math.min(at, Math.max(scalar.start(), scalar.end()));
    }

    /** Moves behind the source of one character of the text. */
    private void step(int c) {
        align(c);
        if (at >= source.length) {
            return;
        }
        if (scalar.style() == Style.DOUBLE_QUOTED && source[at] == '\\') {
            at += escapeLength();
        } else if (scalar.style() == Style.SINGLE_QUOTED && source[at] == '\'') {
            at += 2;
        } else if (isBreak(source[at]) && c == ' ') {
            skipFold();
        } else {
            at++;
        }
    }

    /** Skips what the text does not hold: indentation of a block, and the folded end of a line. */
    private void align(int c) {
        while (at < scalar.end() && at < source.length && !matches(c)) {
            at++;
        }
    }

    private boolean matches(int c) {
        int here = source[at];
        if (here == c) {
            return c != ' ' || !isFoldBlank();
        }
        return (scalar.style() == Style.DOUBLE_QUOTED && here == '\\')
                || (c == ' ' && isBreak(here) && scalar.style() != Style.LITERAL)
                || (c == '\n' && here == '\r');
    }

    /** A blank that only leads up to a line break or follows one: not part of the text when lines are folded. */
    private boolean isFoldBlank() {
        if (scalar.style() == Style.LITERAL || scalar.style() == Style.FOLDED) {
            return isIndentation();
        }
        int ahead = at;
        while (ahead < source.length && source[ahead] == ' ') {
            ahead++;
        }
        return ahead < scalar.end() && ahead < source.length && isBreak(source[ahead]);
    }

    private boolean isIndentation() {
        int back = at;
        while (back > 0 && source[back - 1] == ' ') {
            back--;
        }
        return (back == 0 || isBreak(source[back - 1])) && at - back < blockIndent();
    }

    /** The indentation of a block: what the first line that holds anything has more in the source than in the text. */
    private int blockIndent() {
        int header = scalar.start();
        while (header < source.length && !isBreak(source[header])) {
            header++;
        }
        int[] text = scalar.text().codePoints().toArray();
        return leadingBlanks(source, header) - leadingBlanks(text, 0);
    }

    private static int leadingBlanks(int[] characters, int from) {
        int blanks = 0;
        for (int i = from; i < characters.length && (characters[i] == ' ' || isBreak(characters[i])); i++) {
            blanks = isBreak(characters[i]) ? 0 : blanks + 1;
        }
        return blanks;
    }

    private int escapeLength() {
        int next = at + 1 < source.length ? source[at + 1] : 0;
        return switch (next) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private void skipFold() {
        while (at < source.length && (isBreak(source[at]) || source[at] == ' ')) {
            at++;
        }
    }

    private void skipLine() {
        while (at < source.length && !isBreak(source[at])) {
            at++;
        }
        at++;
    }

    private static boolean isBreak(int c) {
        return c == '\n' || c == '\r';
    }
}
