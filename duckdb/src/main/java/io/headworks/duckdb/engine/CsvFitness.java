package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.duckdb.csv.CsvSurvey;
import io.headworks.duckdb.scan.CsvSelect;
import java.io.IOException;
import java.util.Locale;

/**
 * Whether the engine's own CSV reader can be trusted with a scan: it is where it reads a dialect as we do and fails on
 * every malformed row. docs/decisions says how that was found.
 */
final class CsvFitness {

    private CsvFitness() {}

    /** True when the engine reads the files as they stand. */
    static boolean engineReads(Csv scan) throws IOException {
        CsvDialect dialect = scan.dialect();
        refuseOtherEncodings(dialect);
        if (!isPlainDialect(dialect)
                || scan.columns().stream().anyMatch(column -> column.origin() == ScanColumn.Origin.LINE)) {
            return false;
        }
        for (InputFile file : scan.files()) {
            if (!isSound(scan, file)) {
                return false;
            }
        }
        return true;
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

    /** It takes a bare quote for text, so a file with quotes is looked through; it skips lines by their quotes. */
    private static boolean isSound(Csv scan, InputFile file) throws IOException {
        if (!CsvSurvey.holdsQuotes(file.path(), scan.dialect())) {
            return true;
        }
        return scan.dialect().skip() == 0
                && CsvSurvey.firstFault(file.path(), scan.dialect(), CsvSelect.wanted(scan))
                        .isEmpty();
    }
}
