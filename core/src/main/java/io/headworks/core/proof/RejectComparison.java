package io.headworks.core.proof;

import io.headworks.api.ledger.DeadLetter;
import io.headworks.core.json.Json;
import io.headworks.core.spec.Fixture.Cell;
import io.headworks.core.spec.LoadTest.ExpectedReject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares dead letters with the expected ones: each answers one of the others, and none is left on either side. */
final class RejectComparison {
    private final List<ExpectedReject> expected;
    private final List<DeadLetter> actual;
    private final int[] answeredBy;

    RejectComparison(List<ExpectedReject> expected, List<DeadLetter> actual) {
        this.expected = expected;
        this.actual = actual;
        this.answeredBy = new int[actual.size()];
        Arrays.fill(answeredBy, -1);
    }

    /** A sentence for each that has no partner. */
    List<String> compare() {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            if (!assign(i, new boolean[actual.size()])) {
                messages.add("no row was rejected as expected: " + spoken(expected.get(i)));
            }
        }
        for (int i = 0; i < answeredBy.length; i++) {
            if (answeredBy[i] < 0) {
                DeadLetter letter = actual.get(i);
                messages.add("a row was rejected that the test does not expect: " + letter.reason() + " (stage "
                        + letter.stage() + ", row " + (letter.payload() == null ? letter.raw() : letter.payload())
                        + ")");
            }
        }
        return messages;
    }

    /** Finds a letter for an expectation, moving earlier ones to others where that makes room. */
    private boolean assign(int wanted, boolean[] tried) {
        for (int i = 0; i < answeredBy.length; i++) {
            if (!tried[i] && answers(expected.get(wanted), actual.get(i))) {
                tried[i] = true;
                if (answeredBy[i] < 0 || assign(answeredBy[i], tried)) {
                    answeredBy[i] = wanted;
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean answers(ExpectedReject wanted, DeadLetter letter) {
        return fits(wanted.stage(), letter.stage())
                && fits(wanted.code(), letter.code())
                && fits(wanted.rule(), letter.rule())
                && fits(wanted.column(), letter.column())
                && (wanted.reason() == null || letter.reason().contains(wanted.reason()))
                && isRow(wanted.row(), letter.payload());
    }

    private static boolean fits(@Nullable String wanted, @Nullable String value) {
        return wanted == null || wanted.equals(value);
    }

    private static boolean isRow(Map<String, Cell> wanted, @Nullable String payload) {
        if (wanted.isEmpty()) {
            return true;
        }
        Map<String, @Nullable Object> row = payload == null ? Map.of() : Json.readObject(payload);
        return wanted.entrySet().stream()
                .allMatch(cell ->
                        row.containsKey(cell.getKey()) && same(cell.getValue().text(), row.get(cell.getKey())));
    }

    private static boolean same(@Nullable String text, @Nullable Object value) {
        if (text == null || value == null) {
            return text == null && value == null;
        }
        String spelled = value instanceof Map || value instanceof List ? Json.compact(value) : value.toString();
        return text.equals(spelled) || sameNumber(text, spelled);
    }

    /** A payload has decimals as texts, with all digits of their scale. */
    private static boolean sameNumber(String left, String right) {
        try {
            return new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    private static String spoken(ExpectedReject wanted) {
        List<String> parts = new ArrayList<>();
        add(parts, "stage", wanted.stage());
        add(parts, "code", wanted.code());
        add(parts, "rule", wanted.rule());
        add(parts, "column", wanted.column());
        add(parts, "reason", wanted.reason());
        wanted.row().forEach((name, cell) -> parts.add(name + "=" + Objects.requireNonNullElse(cell.text(), "NULL")));
        return parts.isEmpty() ? "any row" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.add(name + " " + value);
        }
    }
}
