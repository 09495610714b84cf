package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.duckdb.csv.CsvFile;
import io.headworks.duckdb.csv.CsvSurvey;
import io.headworks.duckdb.csv.LineEnd;
import io.headworks.duckdb.scan.CsvForm;
import io.headworks.duckdb.scan.CsvSelect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the engine's own CSV reader can be trusted with a scan: it is where it reads a dialect as we do and fails on
 * every malformed row. docs/decisions says how that was found.
 */
final class CsvFitness {

    private CsvFitness() {}

    /** The files by their form when the engine reads them as they stand; empty when it cannot be trusted with one. */
    static Optional<Map<CsvForm, List<InputFile>>> forms(Csv scan) throws IOException {
        refuseOtherEncodings(scan.dialect());
        if (!isPlainDialect(scan.dialect())
                || scan.columns().stream().anyMatch(column -> column.origin() == ScanColumn.Origin.LINE)) {
            return Optional.empty();
        }
        Map<CsvForm, List<InputFile>> forms = new LinkedHashMap<>();
        for (InputFile file : scan.files()) {
            Optional<LineEnd> lineEnd = lineEnd(scan, file);
            if (lineEnd.isEmpty() || lineEnd.get() == LineEnd.CR) {
                return Optional.empty();
            }
            CsvForm form = new CsvForm(CsvFile.of(file.path()), lineEnd.get());
            forms.computeIfAbsent(form, any -> new ArrayList<>()).add(file);
        }
        return Optional.of(forms);
    }

    private static void refuseOtherEncodings(CsvDialect dialect) {
        String encoding = dialect.encoding().toLowerCase(Locale.ROOT);
        if (!encoding.equals("utf-8") && !encoding.equals("utf8")) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot read text in " + dialect.encoding() + ": it must be made UTF-8 before");
        }
    }

    /** Comments and escapes it reads by rules of its own; a blank line of one field it drops or not, by its NULLs. */
    private static boolean isPlainDialect(CsvDialect dialect) {
        boolean ownEscape = dialect.escape() == null
                || dialect.escape().isEmpty()
                || dialect.escape().equals(dialect.quote());
        boolean comments = dialect.comment() != null && !dialect.comment().isEmpty();
        return ownEscape && !comments && dialect.physicalColumns() > 1;
    }

    /**
     * It takes a bare quote for text and guesses line ends inside quotes, so a file with quotes is looked through; it
     * skips lines by their quotes.
     */
    private static Optional<LineEnd> lineEnd(Csv scan, InputFile file) throws IOException {
        if (!CsvSurvey.holdsQuotes(file.path(), scan.dialect())) {
            return Optional.of(CsvSurvey.firstLineEnd(file.path()));
        }
        return scan.dialect().skip() == 0
                ? CsvSurvey.soundLineEnd(file.path(), scan.dialect(), CsvSelect.wanted(scan))
                : Optional.empty();
    }
}
