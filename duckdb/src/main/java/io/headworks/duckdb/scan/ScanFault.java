package io.headworks.duckdb.scan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a strict scan reports through the engine's error: a text that is no value of its column's type.
 *
 * @param scan the number of the scan
 * @param column index among the scan's columns
 * @param file path as given to the engine
 * @param text the beginning of the text
 */
public record ScanFault(int scan, int column, String file, String text) {
    static final String MARK = "hw-scan";

    private static final Pattern FORM = Pattern.compile(MARK + "\t(\\d+)\t(\\d+)\t([^\t]*)\t(.*)", Pattern.DOTALL);

    /** The fault that an error message of the engine holds, if it does. */
    public static Optional<ScanFault> in(String message) {
        Matcher matcher = FORM.matcher(message);
        return matcher.find()
                ? Optional.of(new ScanFault(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        matcher.group(3),
                        matcher.group(4)))
                : Optional.empty();
    }
}
