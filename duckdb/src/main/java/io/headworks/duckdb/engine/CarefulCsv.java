package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.duckdb.csv.CsvFile;
import io.headworks.duckdb.csv.CsvRewriter;
import io.headworks.duckdb.csv.Fault;
import io.headworks.duckdb.csv.RawText;
import io.headworks.duckdb.scan.CsvSelect;
import io.headworks.duckdb.sql.DuckSql;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Delimited files that the engine cannot be trusted with: our reader splits them and rewrites the good records, the
 * engine converts the values, and every row that is not loaded is rejected with its place in the file.
 */
final class CarefulCsv {
    private static final String MISFIT_CODE = "value";
    private static final int PAGE = 5_000;
    private final SessionSql sql;
    private final WorkStorage work;

    CarefulCsv(SessionSql sql, WorkStorage work) {
        this.sql = sql;
        this.work = work;
    }

    /** A file rewritten. */
    record Rewritten(Path file, long records, int longestLine) {}

    Rewritten rewrite(Csv scan, InputFile file, CsvRewriter.Listener listener) {
        Path target = work.temporaryFile(".csv");
        CsvRewriter rewriter = new CsvRewriter(scan.dialect(), CsvSelect.wanted(scan));
        long all = scan.files().stream().mapToLong(each -> each.stamp().bytes()).sum();
        long before = scan.files().stream()
                .takeWhile(each -> !each.equals(file))
                .mapToLong(each -> each.stamp().bytes())
                .sum();
        try (InputStream in = CsvFile.open(file.path(), bytes -> sql.meter().bytes(before + bytes, all));
                OutputStream out = Files.newOutputStream(target)) {
            rewriter.rewrite(in, out, listener, () -> sql.cancellation().requested());
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RUN, "Cannot read " + file.stamp().path() + ": " + failed.getMessage(), null, failed);
        } finally {
            sql.meter().movedAll();
        }
        sql.cancellation().check();
        return new Rewritten(target, rewriter.records(), rewriter.longestLine());
    }

    /** A file's good rows into a table and the others into the rejects. */
    void load(Csv scan, InputFile file, WorkTable rows, RejectTable rejects) {
        long before = rejects.count();
        Rewritten rewritten = rewrite(scan, file, (fault, raw) -> rejects.add(malformed(scan, file, fault, raw), null));
        String checked = CsvSelect.checked(scan, file, rewritten.file(), rewritten.longestLine());
        List<String> names = scan.columns().stream().map(ScanColumn::name).toList();
        long good = sql.update("INSERT INTO " + rows.sql() + " SELECT " + DuckSql.names(names) + ", concat("
                + DuckSql.text(file.stamp().path() + ":") + ", " + CsvSelect.LINE + ") FROM (" + checked + ") WHERE "
                + CsvSelect.MISFIT + " IS NULL");
        if (good + rejects.count() - before < rewritten.records()) {
            rejectMisfits(scan, file, checked, rejects);
        }
        delete(rewritten.file());
        long rejected = rejects.count() - before;
        if (good + rejected != rewritten.records()) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of " + file.stamp().path() + ": " + rewritten.records() + " records, "
                            + good + " loaded, " + rejected + " rejected");
        }
    }

    private static RejectedRow malformed(Csv scan, InputFile file, Fault fault, String raw) {
        return new RejectedRow(
                file.stamp().path(),
                fault.line(),
                fault.offset(),
                column(scan, fault.field()),
                fault.code(),
                fault.reason(),
                raw);
    }

    private static @Nullable String column(Csv scan, int field) {
        return scan.columns().stream()
                .filter(column ->
                        column.origin() == ScanColumn.Origin.DATA && column.sourceIndex() == field && field >= 0)
                .map(ScanColumn::name)
                .findFirst()
                .orElse(null);
    }

    /** A record whose value does not fit. */
    private record Misfit(long line, long offset, long length, int column, String text, String payload) {}

    private void rejectMisfits(Csv scan, InputFile file, String checked, RejectTable rejects) {
        WorkTable found = work.table("misfits");
        sql.execute("CREATE TABLE " + found.sql() + " AS SELECT " + CsvSelect.LINE + ", " + CsvSelect.OFFSET + ", "
                + CsvSelect.LENGTH + ", " + CsvSelect.MISFIT + ", left(" + CsvSelect.TEXTS + "[" + CsvSelect.MISFIT
                + " + 1], 200), " + CsvSelect.PAYLOAD + " FROM (" + checked + ") WHERE " + CsvSelect.MISFIT
                + " IS NOT NULL");
        long count = sql.number("SELECT count(*) FROM " + found.sql());
        try (RawText raw = new RawText(file.path())) {
            for (long from = 0; from < count; from += PAGE) {
                for (Misfit misfit : page(found, from)) {
                    rejects.add(reject(scan, file, misfit, raw.at(misfit.offset(), misfit.length())), misfit.payload());
                }
            }
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RUN, "Cannot read " + file.stamp().path() + ": " + failed.getMessage(), null, failed);
        }
        found.drop(sql);
    }

    private List<Misfit> page(WorkTable found, long from) {
        return sql.query(
                "SELECT * FROM " + found.sql() + " WHERE rowid >= " + from + " AND rowid < " + (from + PAGE)
                        + " ORDER BY " + CsvSelect.OFFSET,
                row -> new Misfit(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6)));
    }

    private static RejectedRow reject(Csv scan, InputFile file, Misfit misfit, String raw) {
        ScanColumn column = scan.columns().get(misfit.column());
        String reason = "column '" + column.name() + "' holds '" + misfit.text() + "', which does not fit "
                + column.type() + " exactly";
        return new RejectedRow(
                file.stamp().path(), misfit.line(), misfit.offset(), column.name(), MISFIT_CODE, reason, raw);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot delete work file " + file + ": " + failed.getMessage(),
                    null,
                    failed);
        }
    }

    /** The files as one strict SELECT over rewritten copies, which live as long as the session. */
    String strict(Csv scan, int number) {
        return scan.files().stream()
                .map(file -> {
                    Rewritten rewritten = rewrite(scan, file, (fault, raw) -> {
                        throw CsvFaults.failure(scan, file, fault);
                    });
                    return CsvSelect.strictRewritten(scan, file, rewritten.file(), rewritten.longestLine(), number);
                })
                .collect(Collectors.joining(" UNION ALL "));
    }
}
