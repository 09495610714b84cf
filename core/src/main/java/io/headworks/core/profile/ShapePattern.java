package io.headworks.core.profile;

import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Counted;
import java.util.Optional;

/** The regular expression (RE2) of a shape that all texts have: {@code AAA-999999} is {@code [A-Z]{3}-[0-9]{6}}. */
final class ShapePattern {
    /** Longer shapes are cut. */
    private static final int LONGEST = 59;

    private ShapePattern() {}

    /** Empty where texts have several shapes, or one that says nothing. */
    static Optional<String> of(ColumnProfile column) {
        if (column.shapes().size() != 1 || column.sampled() < 20) {
            return Optional.empty();
        }
        Counted shape = column.shapes().get(0);
        boolean telling = shape.value().codePoints().anyMatch(point -> point == '9' || point == 'A')
                && shape.value().codePoints().allMatch(point -> point >= ' ' && point < 0x7f);
        return telling && shape.rows() == column.sampled() && shape.value().length() <= LONGEST
                ? Optional.of(expression(shape.value()))
                : Optional.empty();
    }

    private static String expression(String shape) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < shape.length(); ) {
            char kind = shape.charAt(at);
            int end = at;
            while (end < shape.length() && shape.charAt(end) == kind) {
                end++;
            }
            out.append(letter(kind));
            if (end - at > 1) {
                out.append('{').append(end - at).append('}');
            }
            at = end;
        }
        return out.toString();
    }

    private static String letter(char kind) {
        return switch (kind) {
            case 'A' -> "[A-Z]";
            case 'a' -> "[a-z]";
            case '9' -> "[0-9]";
            default -> ".\\+*?()[]{}^$|".indexOf(kind) >= 0 ? "\\" + kind : String.valueOf(kind);
        };
    }
}
