package io.headworks.core.extract;

import io.headworks.api.source.Position;
import java.math.BigDecimal;

/** Which of two positions on one key is further. */
final class KeyOrder {

    private KeyOrder() {}

    /** Texts of times are ISO 8601 and compare as texts once both have the same number of digits. */
    static boolean isAfter(Position.Key left, Position.Key right) {
        if (right.type().isNumber()) {
            return new BigDecimal(left.value()).compareTo(new BigDecimal(right.value())) > 0;
        }
        if (right.type().isTime()) {
            return padded(left.value()).compareTo(padded(right.value())) > 0;
        }
        return left.value().compareTo(right.value()) > 0;
    }

    private static String padded(String iso) {
        String text = iso.endsWith("Z") ? iso.substring(0, iso.length() - 1) : iso;
        String whole = text.length() == 16 ? text + ":00" : text;
        String digits = whole.length() > 20 ? whole.substring(20) : "";
        String base = whole.length() > 19 ? whole.substring(0, 19) : whole;
        return base + "." + digits + "0".repeat(Math.max(0, 9 - digits.length()));
    }
}
