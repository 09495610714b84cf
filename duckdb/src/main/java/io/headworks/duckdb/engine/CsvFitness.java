package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.csv.CsvFile;
import io.headworks.duckdb.csv.CsvSurvey;
import io.headworks.duckdb.csv.LineEnd;
import io.headworks.duckdb.csv.PlainFields;
import io.headworks.duckdb.scan.CsvForm;
import io.headworks.duckdb.scan.CsvReading;
import io.headworks.duckdb.scan.CsvSelect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the engine's own CSV reader can be trusted with a scan: it is where it reads a dialect as we do and fails on
 * every malformed row. docs/decisions says how that was found.
 */
final class CsvFitness {
    private final Csv scan;
    private final FilesAsProved proved;
    private final Map<CsvForm, List<InputFile>> forms = new LinkedHashMap<>();

    /** Types of the fields that are in plain form in all files so far. */
    private final Map<Integer, DataType> plain;

    private CsvFitness(Csv scan, FilesAsProved proved) {
        this.scan = scan;
        this.proved = proved;
        this.plain = fieldTypes(scan);
    }

    /** How the engine reads the files as they stand; empty when it cannot be trusted with one. */
    static Optional<CsvReading> reading(Csv scan, FilesAsProved proved) throws IOException {
        refuseOtherEncodings(scan.dialect());
        if (!isPlainDialect(scan.dialect())
                || scan.columns().stream().anyMatch(column -> column.origin() == ScanColumn.Origin.LINE)) {
            return Optional.empty();
        }
        CsvFitness fitness = new CsvFitness(scan, proved);
        for (InputFile file : scan.files()) {
            if (!fitness.accepts(file)) {
                return Optional.empty();
            }
        }
        BitSet plain = new BitSet();
        fitness.plain.keySet().forEach(plain::set);
        return Optional.of(new CsvReading(fitness.forms, plain));
    }

    private boolean accepts(InputFile file) throws IOException {
        CsvDialect dialect = scan.dialect();
        // it may take an empty line for the header, and the header for a row
        if (dialect.header() && CsvSurvey.hasBlankHeader(file.path(), dialect.skip())) {
            return false;
        }
        // at the very end it lets an empty field too many pass
        if (CsvSurvey.endsWithDelimiter(file.path(), dialect)) {
            return false;
        }
        Optional<LineEnd> lineEnd = lineEnd(file);
        if (lineEnd.isEmpty() || lineEnd.get() == LineEnd.CR) {
            return false;
        }
        CsvForm form = new CsvForm(CsvFile.of(file.path()), lineEnd.get());
        forms.computeIfAbsent(form, any -> new ArrayList<>()).add(file);
        return true;
    }

    /** A field that is read as two types is left out. */
    private static Map<Integer, DataType> fieldTypes(Csv scan) {
        Map<Integer, DataType> types = new TreeMap<>();
        Set<Integer> several = new HashSet<>();
        for (ScanColumn column : scan.columns()) {
            if (column.origin() == ScanColumn.Origin.DATA) {
                DataType other = types.put(column.sourceIndex(), column.type());
                if (other != null && !other.equals(column.type())) {
                    several.add(column.sourceIndex());
                }
            }
        }
        types.keySet().removeAll(several);
        return types;
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
     * skips lines by their quotes. A file without is proved by the same look, as far as that goes.
     */
    private Optional<LineEnd> lineEnd(InputFile file) throws IOException {
        LineEnd first = CsvSurvey.firstLineEnd(file.path());
        if (provesPlain(file, first) || !CsvSurvey.holdsQuotes(file.path(), scan.dialect())) {
            return Optional.of(first);
        }
        return scan.dialect().skip() == 0
                ? CsvSurvey.soundLineEnd(file.path(), scan.dialect(), CsvSelect.wanted(scan))
                : Optional.empty();
    }

    /** True when the file is now known to hold no quote. */
    private boolean provesPlain(InputFile file, LineEnd lineEnd) throws IOException {
        if (plain.isEmpty()) {
            return false;
        }
        proved.remember(file);
        Optional<BitSet> inFile = PlainFields.in(file.path(), scan.dialect(), lineEnd, plain);
        plain.keySet().removeIf(field -> inFile.isEmpty() || !inFile.get().get(field));
        return inFile.isPresent();
    }
}
