package io.headworks.connector.files.csv;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Options;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.connector.files.text.TextHead;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the dialect of a delimited file, except for the keys that are given. */
public final class CsvDetection {
    private static final List<String> DEFAULT_NULLS = List.of("");

    private final FileReading reading;
    private final Set<String> expectedNames;

    /** @param expectedNames column names and aliases that a header would hold, in lower case */
    public CsvDetection(FileReading reading, Set<String> expectedNames) {
        this.reading = reading;
        this.expectedNames = expectedNames;
    }

    /** The profile of a file; empty when it holds no record at all. */
    public Optional<CsvProfile> profile(InputFile file) throws IOException {
        Options options = reading.options();
        String path = file.stamp().path();
        TextHead head = TextHead.of(file.path(), path, options.encoding());
        refuseNul(path, head);
        CsvSample sample = new SyntaxDetection(path, head.text(), head.complete(), options).detect();
        if (sample.rows().isEmpty()) {
            if (sample.faults() > 0) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot read " + path + ": no line of it can be read (a quote is never closed?)");
            }
            return Optional.empty();
        }
        return Optional.of(profile(file, head, sample));
    }

    private CsvProfile profile(InputFile file, TextHead head, CsvSample sample) {
        Options options = reading.options();
        String path = file.stamp().path();
        int first = options.skip() == null ? preamble(path, sample) : 0;
        List<String> start = sample.rows().get(first);
        boolean header =
                options.header() != null ? options.header() : new HeaderDetection(path, expectedNames).isHeader(start);
        HeaderNames names = header ? HeaderNames.of(start, reading.names()) : HeaderNames.numbered(sample.width());
        List<List<String>> rows = sample
                .rows()
                .subList(header ? first + 1 : first, sample.rows().size())
                .stream()
                .filter(row -> row.size() == names.names().size())
                .toList();
        List<String> nulls = options.nulls() == null ? DEFAULT_NULLS : options.nulls();
        char decimal = options.decimal() == null
                ? new DecimalDetection(
                                path,
                                sample.syntax().delimiter(),
                                rows,
                                names.names().size(),
                                nulls)
                        .detect()
                : decimal(options.decimal());
        int skip = options.skip() != null
                ? options.skip()
                : first == 0 ? 0 : (int) (sample.lines().get(first) - 1);
        Map<String, String> detected = detected(head, sample.syntax(), header, skip, decimal);
        return new CsvProfile(
                file,
                head.encoding(),
                sample.syntax(),
                skip,
                header,
                header ? start : List.of(),
                names,
                decimal,
                nulls,
                rows,
                detected);
    }

    private Map<String, String> detected(TextHead head, CsvSyntax syntax, boolean header, int skip, char decimal) {
        Options options = reading.options();
        Map<String, String> detected = new LinkedHashMap<>();
        note(detected, "encoding", options.encoding(), head.encoding().name());
        note(detected, "delimiter", options.delimiter(), syntax.delimiter().equals("\t") ? "tab" : syntax.delimiter());
        note(detected, "quote", options.quote(), String.valueOf(syntax.quote()));
        note(detected, "escape", options.escape(), String.valueOf(syntax.escape()));
        note(detected, "skip", options.skip(), Integer.toString(skip));
        note(detected, "header", options.header(), Boolean.toString(header));
        note(detected, "decimal", options.decimal(), String.valueOf(decimal));
        return detected;
    }

    private static void note(
            Map<String, String> detected, String key, @org.jspecify.annotations.Nullable Object given, String found) {
        if (given == null) {
            detected.put(key, found);
        }
    }

    /** Records before the header. A first record of another width that is no preamble is not passed over. */
    private static int preamble(String path, CsvSample sample) {
        int width = sample.width();
        int size = sample.rows().get(0).size();
        if (sample.hasOddHeader() && sample.rows().size() > 1) {
            throw new AmbiguousDialect(
                    path,
                    "where the table begins, because its first line has " + size + " fields and most lines have "
                            + width + ",",
                    List.of("skip: 0 (the first line is the header)", "skip: 1 or more (it is not)"),
                    "skip");
        }
        return sample.preamble();
    }

    private static void refuseNul(String path, TextHead head) {
        int nul = head.text().indexOf('\0');
        if (nul >= 0
                && head.text().chars().filter(c -> c == 0).count() > head.text().length() / 100) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot read " + path + ": it is no text (zero characters, the first at position " + nul + ")");
        }
    }

    private static char decimal(String given) {
        if (given.equals(",") || given.equals(".")) {
            return given.charAt(0);
        }
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot read with decimal mark '" + given + "' (allowed: \".\" and \",\")");
    }
}
