package io.headworks.duckdb.scan;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.Parquet;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.compile.ExactCast;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parquet files as a SELECT. Files of different physical schemas are read apart: the engine would cast the later ones to
 * the types of the first, digits and all.
 */
public final class ParquetSelect {
    private static final String ROW = "file_row_number";

    private ParquetSelect() {}

    /** Every column with its own type, for files of one schema. */
    public static String whole(Parquet scan) {
        return "SELECT * FROM read_parquet(" + new FileValues(scan.files()).list()
                + ", hive_partitioning = false, union_by_name = false)";
    }

    public static String strict(SqlRunner sql, Parquet scan, boolean withSource) {
        List<String> selects = new ArrayList<>();
        bySchema(sql, scan.files()).values().forEach(files -> selects.add(same(sql, scan, files, withSource)));
        return String.join(" UNION ALL ", selects);
    }

    private static Map<String, List<InputFile>> bySchema(SqlRunner sql, List<InputFile> files) {
        Map<String, List<InputFile>> groups = new LinkedHashMap<>();
        for (InputFile file : files) {
            String schema = files.size() == 1 ? "" : schema(sql, file);
            groups.computeIfAbsent(schema, any -> new ArrayList<>()).add(file);
        }
        return groups;
    }

    private static String schema(SqlRunner sql, InputFile file) {
        return sql.describe("SELECT * FROM " + read(new FileValues(List.of(file))) + ")")
                .canonical();
    }

    private static String same(SqlRunner sql, Parquet scan, List<InputFile> inputs, boolean withSource) {
        FileValues files = new FileValues(inputs);
        boolean lines = scan.columns().stream().anyMatch(column -> column.origin() == ScanColumn.Origin.LINE);
        String read = read(files) + (lines ? ", file_row_number = true)" : ")");
        Schema found = sql.describe("SELECT * FROM " + read);
        List<String> columns = new ArrayList<>();
        for (ScanColumn column : scan.columns()) {
            columns.add(value(column, files, found) + " AS " + DuckSql.name(column.name()));
        }
        if (withSource) {
            columns.add(files.text(FileStamp::path) + " AS " + DuckSql.name(HiddenColumns.SOURCE));
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + read;
    }

    /** Without the closing bracket. */
    private static String read(FileValues files) {
        return "read_parquet(" + files.list() + ", filename = " + DuckSql.text(FileValues.FILE_COLUMN)
                + ", hive_partitioning = false, union_by_name = false";
    }

    private static String value(ScanColumn column, FileValues files, Schema found) {
        return switch (column.origin()) {
            case DATA -> data(column, found);
            case PATH_VALUE ->
                exact(column, files.text(stamp -> stamp.pathValues().get(column.sourceName())), DataType.TEXT);
            case PATH -> exact(column, files.text(FileStamp::path), DataType.TEXT);
            case LINE -> "CAST(" + ROW + " + 1 AS " + DuckTypes.spelling(column.type()) + ")";
            case ABSENT -> "CAST(NULL AS " + DuckTypes.spelling(column.type()) + ")";
        };
    }

    private static String data(ScanColumn column, Schema found) {
        Field field = found.field(column.sourceName())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.SCHEMA_CHANGE,
                        "Cannot read column " + column.sourceName() + ": the files have none of that name (columns: "
                                + found + ")"));
        return exact(column, DuckSql.name(column.sourceName()), field.type());
    }

    private static String exact(ScanColumn column, String expression, DataType from) {
        if (DuckTypes.spelling(from).equals(DuckTypes.spelling(column.type()))
                && !(column.type() instanceof DataType.Bounded)) {
            return expression;
        }
        ExactCast cast = ExactCast.of("read column " + column.name(), expression, from, column.type(), false);
        if (cast.fits().equals("true")) {
            return cast.value();
        }
        String complaint = "error(concat("
                + DuckSql.text("Cannot read column " + column.name() + " as " + column.type() + " from ") + ", "
                + FileValues.FILE_COLUMN + ", ': ', left(CAST(" + expression + " AS VARCHAR), 200)))";
        return "CASE WHEN " + expression + " IS NULL THEN NULL WHEN " + cast.fits() + " THEN " + cast.value() + " ELSE "
                + complaint + " END";
    }
}
