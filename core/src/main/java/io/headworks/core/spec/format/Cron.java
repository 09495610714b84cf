package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import java.util.List;
import java.util.Locale;

/** Cron expressions of five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday). */
final class Cron {
    static final ScalarKind<String> EXPRESSION = ScalarKind.of(
            "cron expression",
            "five fields: minute hour day month weekday, as \"15 * * * *\"",
            Form.TEXT,
            text -> isValid(text) ? text : null);

    private static final List<Part> PARTS = List.of(
            new Part(0, 59, List.of()),
            new Part(0, 23, List.of()),
            new Part(1, 31, List.of()),
            new Part(
                    1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Part(0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private Cron() {}

    private record Part(int min, int max, List<String> names) {
        boolean allows(String field) {
            for (String item : field.split(",", -1)) {
                String[] step = item.split("/", -1);
                boolean stepped = step.length == 1 || (step.length == 2 && number(step[1]) >= 1);
                if (!stepped || !allowsRange(step[0])) {
                    return false;
                }
            }
            return true;
        }

        private boolean allowsRange(String range) {
            if (range.equals("*")) {
                return true;
            }
            String[] ends = range.split("-", -1);
            return ends.length <= 2
                    && within(ends[0])
                    && within(ends[ends.length - 1])
                    && value(ends[0]) <= value(ends[ends.length - 1]);
        }

        private boolean within(String text) {
            return value(text) >= min && value(text) <= max;
        }

        private int value(String text) {
            int named = names.indexOf(text.toLowerCase(Locale.ROOT));
            return named < 0 ? number(text) : named + min;
        }

        private static int number(String text) {
            return text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
        }
    }

    static boolean isValid(String text) {
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length != PARTS.size()) {
            return false;
        }
        for (int i = 0; i < fields.length; i++) {
            if (!PARTS.get(i).allows(fields[i])) {
                return false;
            }
        }
        return true;
    }
}
