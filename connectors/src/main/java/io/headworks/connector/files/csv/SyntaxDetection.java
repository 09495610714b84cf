package io.headworks.connector.files.csv;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds delimiter, quote and escape of a file from its beginning. Every combination of those not given is tried; the one
 * in which most records have the same number of fields (two at least) wins. Where another one that reads the text
 * differently fits as well, or nearly, nothing is guessed.
 */
final class SyntaxDetection {
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final double LEAST_CONSISTENCY = 0.5;
    private static final double MARGIN = 0.1;

    private final String path;
    private final String text;
    private final boolean complete;
    private final Options options;

    SyntaxDetection(String path, String text, boolean complete, Options options) {
        this.path = path;
        this.text = text;
        this.complete = complete;
        this.options = options;
    }

    CsvSample detect() {
        List<CsvSample> samples = candidates().stream()
                .map(syntax -> CsvSample.of(text, complete, syntax, options.skip() == null ? 0 : options.skip()))
                .toList();
        List<CsvSample> tables =
                samples.stream().filter(sample -> sample.width() > 1).toList();
        if (tables.isEmpty()) {
            return single(samples);
        }
        CsvSample best = tables.get(0);
        for (CsvSample sample : tables) {
            best = compare(sample, best) > 0 ? sample : best;
        }
        if (best.consistency() < LEAST_CONSISTENCY && options.delimiter() == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot find the delimiter of " + path + ": with none of , ; | and tab do most lines have the same"
                            + " number of fields",
                    "set extract.files.options.delimiter");
        }
        refuseRivals(best, tables);
        return best;
    }

    private void refuseRivals(CsvSample best, List<CsvSample> tables) {
        List<CsvSample> rivals = tables.stream()
                .filter(sample -> !sample.readsLike(best) && isNear(sample, best))
                .toList();
        if (rivals.isEmpty()) {
            return;
        }
        CsvSyntax found = best.syntax();
        CsvSyntax rival = rivals.get(0).syntax();
        if (!rival.delimiter().equals(found.delimiter())) {
            throw new AmbiguousDialect(
                    path,
                    "the delimiter",
                    List.of(shown(found.delimiter()), shown(rival.delimiter())),
                    "delimiter, as delimiter: \"" + shown(found.delimiter()) + "\"");
        }
        boolean quotes = !String.valueOf(found.quote()).equals(String.valueOf(rival.quote()));
        throw new AmbiguousDialect(
                path,
                quotes ? "the quote" : "the escape",
                List.of(shown(quotes ? found.quote() : found.escape()), shown(quotes ? rival.quote() : rival.escape())),
                quotes ? "quote (empty for none)" : "escape");
    }

    private static boolean isNear(CsvSample sample, CsvSample best) {
        if (best.consistency() == 1) {
            return compare(sample, best) == 0;
        }
        return sample.consistency() >= best.consistency() - MARGIN;
    }

    /** More consistent is better; then no preamble before a preamble. */
    private static int compare(CsvSample a, CsvSample b) {
        int consistency = Double.compare(a.consistency(), b.consistency());
        return consistency != 0 ? consistency : Boolean.compare(a.preamble() == 0, b.preamble() == 0);
    }

    /** A file of one column: no delimiter may occur, unless one was given. */
    private CsvSample single(List<CsvSample> samples) {
        if (options.delimiter() == null) {
            List<String> occurring = samples.stream()
                    .filter(sample -> sample.rows().stream().anyMatch(row -> row.size() > 1))
                    .map(sample -> shown(sample.syntax().delimiter()))
                    .distinct()
                    .toList();
            if (!occurring.isEmpty()) {
                List<String> all = new ArrayList<>(List.of("one column"));
                occurring.forEach(delimiter -> all.add("delimiter " + delimiter));
                throw new AmbiguousDialect(
                        path, "the columns", all, "delimiter (for one column: a character that does not occur)");
            }
        }
        CsvSample best = samples.get(0);
        for (CsvSample sample : samples) {
            best = sample.faults() < best.faults() ? sample : best;
        }
        return best;
    }

    /** In order of preference; those that cannot read differently are left out. */
    private List<CsvSyntax> candidates() {
        List<CsvSyntax> candidates = new ArrayList<>();
        for (String delimiter : delimiters()) {
            for (@Nullable Character quote : quotes()) {
                for (@Nullable Character escape : escapes(quote)) {
                    candidates.add(new CsvSyntax(delimiter, quote, escape, character(options.comment(), "comment")));
                }
            }
        }
        return candidates;
    }

    private List<String> delimiters() {
        if (options.delimiter() != null) {
            return List.of(options.delimiter());
        }
        List<String> occurring = DELIMITERS.stream().filter(text::contains).toList();
        return occurring.isEmpty() ? List.of(",") : occurring;
    }

    private List<@Nullable Character> quotes() {
        List<@Nullable Character> quotes = new ArrayList<>();
        if (options.quote() != null) {
            quotes.add(character(options.quote(), "quote"));
            return quotes;
        }
        quotes.add('"');
        if (text.indexOf('"') < 0 && text.indexOf('\'') >= 0) {
            quotes.add('\'');
        }
        return quotes;
    }

    private List<@Nullable Character> escapes(@Nullable Character quote) {
        List<@Nullable Character> escapes = new ArrayList<>();
        if (quote == null || options.escape() != null) {
            escapes.add(quote == null ? null : character(options.escape(), "escape"));
            return escapes;
        }
        escapes.add(quote);
        if (text.contains("\\" + quote) || text.contains("\\\\")) {
            escapes.add('\\');
        }
        return escapes;
    }

    private @Nullable Character character(@Nullable String option, String key) {
        if (option == null || option.isEmpty()) {
            return null;
        }
        if (option.length() > 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read with " + key + " '" + option + "': it must be one character");
        }
        return option.charAt(0);
    }

    private static String shown(@Nullable Object character) {
        String text = String.valueOf(character);
        return text.equals("\t") ? "tab" : text.equals("null") ? "none" : text;
    }
}
