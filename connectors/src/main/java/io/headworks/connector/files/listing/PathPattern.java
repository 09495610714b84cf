package io.headworks.connector.files.listing;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with {@code *} (any text without a slash), {@code ?} (one character), {@code **} (any number of folders) and
 * {@code {column}} (text of at least one character, kept as a value). All else stands for itself.
 */
public final class PathPattern {
    private static final Pattern COLUMN = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final String text;
    private final List<String> columns;
    private final List<Segment> segments;

    /** A part between slashes; {@code anyFolders} for {@code **}. */
    record Segment(String text, boolean anyFolders, Pattern regex) {
        boolean isLiteral() {
            return !anyFolders && text.chars().noneMatch(c -> c == '*' || c == '?' || c == '{');
        }

        boolean matches(String name) {
            return regex.matcher(name).matches();
        }
    }

    private PathPattern(String text, List<String> columns, List<Segment> segments) {
        this.text = text;
        this.columns = columns;
        this.segments = segments;
    }

    /** @throws HeadworksException of kind PROJECT for a path that leaves its folder or does not read */
    public static PathPattern parse(String text) {
        if (text.isBlank() || text.indexOf('\0') >= 0 || text.startsWith("/") || text.contains("\\")) {
            throw refused(text, "it must be a relative path below the connection's folder, with / between its parts");
        }
        List<String> columns = new ArrayList<>();
        List<Segment> segments = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refused(text, "parts may not be empty, '.' or '..'");
            }
            segments.add(segment(text, part, columns));
        }
        if (segments.get(segments.size() - 1).anyFolders()) {
            throw refused(text, "'**' stands for folders; end with a file name, as **/*.csv");
        }
        return new PathPattern(text, List.copyOf(columns), List.copyOf(segments));
    }

    /** Names of the {@code {column}} parts, in order. */
    public List<String> columns() {
        return columns;
    }

    List<Segment> segments() {
        return segments;
    }

    /** The values of the {@code {column}} parts, or empty when the path does not match. */
    Optional<Map<String, String>> match(String path) {
        Optional<Map<String, String>> shortest = values(path, "(.+?)");
        if (shortest.isPresent() && columns.size() > 1 && !shortest.equals(values(path, "(.+)"))) {
            throw refused(
                    text,
                    "the parts {" + String.join("}, {", columns) + "} can be cut from '" + path
                            + "' in more than one way; put text between them that their values do not hold");
        }
        return shortest;
    }

    private Optional<Map<String, String>> values(String path, String capture) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.anyFolders()) {
                regex.append("(?:[^/]+/)*");
            } else {
                regex.append(regexOf(segment.text(), capture.replace(".", "[^/]")));
                regex.append(i < segments.size() - 1 ? "/" : "");
            }
        }
        Matcher matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), matcher.group(i + 1));
        }
        return Optional.of(values);
    }

    private static Segment segment(String text, String part, List<String> columns) {
        if (part.equals("**")) {
            return new Segment(part, true, Pattern.compile("[^/]+"));
        }
        if (part.contains("**")) {
            throw refused(text, "'**' stands alone between slashes");
        }
        Matcher matcher = COLUMN.matcher(part);
        while (matcher.find()) {
            if (columns.contains(matcher.group(1))) {
                throw refused(text, "{" + matcher.group(1) + "} stands in it twice");
            }
            columns.add(matcher.group(1));
        }
        String rest = COLUMN.matcher(part).replaceAll("");
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw refused(text, "a part in braces is a column name, as {event_date}");
        }
        return new Segment(part, false, Pattern.compile(regexOf(part, "([^/]+?)"), Pattern.DOTALL));
    }

    private static String regexOf(String part, String capture) {
        StringBuilder regex = new StringBuilder();
        Matcher matcher = Pattern.compile("\\{[^}]*}|\\*|\\?|[^*?{]+").matcher(part);
        while (matcher.find()) {
            String token = matcher.group();
            regex.append(
                    switch (token.charAt(0)) {
                        case '{' -> capture;
                        case '*' -> "[^/]*";
                        case '?' -> "[^/]";
                        default -> Pattern.quote(token);
                    });
        }
        return regex.toString();
    }

    @Override
    public String toString() {
        return text;
    }

    private static HeadworksException refused(String text, String allowed) {
        return new HeadworksException(FailureKind.PROJECT, "Cannot read path '" + text + "': " + allowed);
    }
}
