package io.headworks.connector.files.excel;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a cell's number format makes of its number. */
enum CellFormat {
    NUMBER,
    DATE,
    TIME,
    TIMESTAMP;

    /** Texts, colours, conditions and locales: {@code "year" [Red] [$-409] \d _d *d}. Elapsed hours stay. */
    private static final Pattern NO_LETTERS =
            Pattern.compile("\"[^\"]*\"|\\[(?!h+\\]|m+\\]|s+\\])[^\\]]*\\]|\\\\.|_.|\\*.");

    private static final int GENERAL = 0;

    /**
     * @param id of the format; those below 164 are built in, some without a text
     * @param text of the format; null when it has none
     */
    static CellFormat of(@Nullable Integer id, @Nullable String text) {
        if (id == null || id == GENERAL) {
            return text == null ? NUMBER : of(text);
        }
        return switch (id) {
            case 14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 -> DATE;
            case 18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56 -> TIME;
            case 22 -> TIMESTAMP;
            default -> text == null ? NUMBER : of(text);
        };
    }

    private static CellFormat of(String text) {
        String positive =
                NO_LETTERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("").split(";", 2)[0];
        if (positive.contains("general")
                || positive.indexOf('0') >= 0 && positive.indexOf('s') < 0
                || positive.indexOf('#') >= 0
                || positive.indexOf('?') >= 0) {
            return NUMBER;
        }
        boolean day = positive.indexOf('y') >= 0 || positive.indexOf('d') >= 0;
        boolean clock = positive.indexOf('h') >= 0 || positive.indexOf('s') >= 0;
        boolean month = positive.indexOf('m') >= 0 && !clock;
        if (day && clock) {
            return TIMESTAMP;
        }
        return day || month ? DATE : clock ? TIME : NUMBER;
    }
}
