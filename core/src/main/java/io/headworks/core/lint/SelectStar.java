package io.headworks.core.lint;

import java.util.regex.Pattern;

/** Finds {@code select *} of a dataset; the pipeline's own input is known, and {@code count(*)} is another thing. */
final class SelectStar {
    private static final Pattern NOT_CODE = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)|'(?:[^']|'')*'");
    private static final String STAR = "(?:[\\w\"]+\\.)?\\*";
    private static final Pattern OF_INPUT =
            Pattern.compile("(?i)\\bselect\\s+" + STAR + "\\s+from\\s+\\{\\{\\s*input\\s*}}");
    private static final Pattern SELECTED = Pattern.compile("(?i)(?:\\bselect\\s+(?:distinct\\s+)?|,\\s*)" + STAR);

    private SelectStar() {}

    static boolean isIn(String sql) {
        String code = OF_INPUT.matcher(NOT_CODE.matcher(sql).replaceAll(" ")).replaceAll("select input");
        return SELECTED.matcher(code).find();
    }
}
