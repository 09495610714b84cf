package io.headworks.duckdb.scan;

import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.duckdb.csv.CsvRewriter;
import io.headworks.duckdb.sql.DuckSql;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** SELECTs over delimited files. */
public final class CsvSelect {
    /** Columns that {@link #checked} gives beside those of the scan. */
    public static final String LINE = "_hw_line";

    public static final String OFFSET = "_hw_offset";
    public static final String LENGTH = "_hw_length";
    public static final String MISFIT = "_hw_misfit";
    public static final String PAYLOAD = "_hw_payload";

    /** The texts of all columns, in order; an index of {@link #MISFIT} is one of this list, 0-based. */
    public static final String TEXTS = "_hw_texts";

    /** What cannot be among a file's nulls; the engine wants at least one. */
    private static final String NO_NULL = "hw-6f1f9a10-no-null";

    private static final int SHOWN_TEXT = 1_000;

    private CsvSelect() {}

    /**
     * The files as they stand, read by the engine; a text that does not fit fails with {@link ScanFault}.
     *
     * @param number by which the fault names this scan
     * @param plain fields whose texts are known to convert exactly
     * @param sourceColumn name of a column with the file's path; null for none
     */
    public static String strict(Csv scan, int number, CsvForm form, BitSet plain, @Nullable String sourceColumn) {
        FileValues files = new FileValues(scan.files());
        CsvColumns columns = new CsvColumns(scan, files, field -> "c" + field, null, plain);
        return "SELECT " + columns.outer()
                + source(sourceColumn, sourceColumn == null ? "" : files.text(FileStamp::path))
                + " FROM (SELECT " + columns.inner() + ", " + FileValues.FILE_COLUMN + " FROM "
                + original(files, scan.dialect(), form) + ")" + columns.orElse(fault(number, columns));
    }

    /** One file rewritten by {@link CsvRewriter}: all well-formed records, with the index of the first misfit. */
    public static String checked(Csv scan, InputFile file, Path rewritten, int longestLine) {
        CsvColumns columns = rewrittenColumns(scan, file);
        return "SELECT " + columns.outer() + ", " + LINE + ", " + OFFSET + ", " + LENGTH + ", "
                + columns.firstMisfit() + " AS " + MISFIT + ", " + columns.payload() + " AS " + PAYLOAD + ", ["
                + columns.texts() + "] AS " + TEXTS + " FROM (SELECT "
                + columns.inner() + ", " + LINE + ", " + OFFSET + ", " + LENGTH + " FROM "
                + rewritten(scan, rewritten, longestLine) + ")";
    }

    /** One file rewritten by {@link CsvRewriter}; a text that does not fit fails with {@link ScanFault}. */
    public static String strictRewritten(Csv scan, InputFile file, Path rewritten, int longestLine, int number) {
        CsvColumns columns = rewrittenColumns(scan, file);
        return "SELECT " + columns.outer() + " FROM (SELECT "
                + columns.inner() + ", " + DuckSql.text(FileValues.path(file)) + " AS " + FileValues.FILE_COLUMN
                + " FROM "
                + rewritten(scan, rewritten, longestLine) + ")" + columns.orElse(fault(number, columns));
    }

    /** Indexes of the fields that the scan reads, ascending. */
    public static int[] wanted(Csv scan) {
        return scan.columns().stream()
                .filter(column -> column.origin() == ScanColumn.Origin.DATA)
                .mapToInt(ScanColumn::sourceIndex)
                .sorted()
                .distinct()
                .toArray();
    }

    private static CsvColumns rewrittenColumns(Csv scan, InputFile file) {
        return new CsvColumns(scan, new FileValues(List.of(file)), field -> "c" + field, LINE, new BitSet());
    }

    private static String source(@Nullable String column, String text) {
        return column == null ? "" : ", " + text + " AS " + DuckSql.name(column);
    }

    private static String fault(int number, CsvColumns columns) {
        String first = "(" + columns.firstMisfit() + ")";
        return "error(concat_ws(chr(9), " + DuckSql.text(ScanFault.MARK) + ", " + number + ", " + first + ", "
                + FileValues.FILE_COLUMN + ", left([" + columns.texts() + "][" + first + " + 1], " + SHOWN_TEXT + ")))";
    }

    private static String original(FileValues files, CsvDialect dialect, CsvForm form) {
        String quote = dialect.quote() == null ? "" : dialect.quote();
        String escape = dialect.escape() == null ? quote : dialect.escape();
        String columns = IntStream.range(0, dialect.physicalColumns())
                .mapToObj(field -> "'c" + field + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        List<String> nulls = dialect.nulls().isEmpty() ? List.of(NO_NULL) : dialect.nulls();
        return "read_csv(" + files.list() + ", auto_detect = false, header = " + dialect.header() + ", skip = "
                + dialect.skip() + ", delim = " + DuckSql.text(dialect.delimiter()) + ", quote = " + DuckSql.text(quote)
                + ", escape = " + DuckSql.text(escape) + ", nullstr = [" + DuckSql.texts(nulls) + "], compression = "
                + DuckSql.text(form.compression().engineName()) + form.newLine() + ", filename = "
                + DuckSql.text(FileValues.FILE_COLUMN)
                + limits(CsvRewriter.LONGEST_RECORD) + ", columns = " + columns + ")";
    }

    private static String rewritten(Csv scan, Path file, int longestLine) {
        String fields = IntStream.of(wanted(scan))
                .mapToObj(field -> ", 'c" + field + "': 'VARCHAR'")
                .collect(Collectors.joining());
        return "read_csv(" + DuckSql.text(file.toAbsolutePath().toString())
                + ", auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', compression = 'none'"
                + limits(Math.max(longestLine + 1, CsvRewriter.LONGEST_RECORD)) + ", columns = {'" + LINE
                + "': 'BIGINT', '" + OFFSET + "': 'BIGINT', '" + LENGTH + "': 'BIGINT'" + fields + "})";
    }

    /** A buffer no smaller than a line; equal, so that long lines cost no memory where there are none. */
    private static String limits(int longest) {
        return ", strict_mode = true, null_padding = false, ignore_errors = false, allow_quoted_nulls = false,"
                + " hive_partitioning = false, max_line_size = " + longest + ", buffer_size = " + longest;
    }
}
