package io.headworks.duckdb.scan;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.Database;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.compile.ExactCast;
import io.headworks.duckdb.inspect.DatasetSql;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table or query of an attached database file as one SELECT: columns, condition and key range pushed down. */
public final class DatabaseSelect {

    private DatabaseSelect() {}

    /** @param catalog the name under which the file is attached */
    public static String strict(SqlRunner sql, Database scan, String catalog) {
        String rows = rows(sql, scan.table(), scan.query(), catalog);
        Schema found = sql.describe("SELECT * FROM " + rows);
        List<String> columns = new ArrayList<>();
        for (ScanColumn column : scan.columns()) {
            columns.add(value(column, found) + " AS " + DuckSql.name(column.name()));
        }
        List<String> conditions = new ArrayList<>();
        if (scan.where() != null) {
            conditions.add("(" + scan.where() + "\n)");
        }
        if (scan.keys() != null) {
            conditions.add(KeyCondition.of(scan.keys()));
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + rows
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** What stands after FROM: the table, or the query with its tables found in the file. */
    public static String rows(SqlRunner sql, @Nullable TableName table, @Nullable String query, String catalog) {
        if (table != null) {
            return DuckSql.table(catalog, table);
        } else if (query != null) {
            return "(" + DatasetSql.inCatalog(sql, query, catalog) + "\n) AS q";
        }
        throw new IllegalArgumentException("Cannot read a database without table and query");
    }

    private static String value(ScanColumn column, Schema found) {
        if (column.origin() == ScanColumn.Origin.ABSENT) {
            return "CAST(NULL AS " + DuckTypes.spelling(column.type()) + ")";
        }
        Field field = found.field(column.sourceName())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.SCHEMA_CHANGE,
                        "Cannot read column " + column.sourceName() + ": there is none of that name (columns: " + found
                                + ")"));
        String name = DuckSql.name(column.sourceName());
        DataType from = field.type();
        if (from.equals(column.type())) {
            return name;
        }
        ExactCast cast = ExactCast.of("read column " + column.name(), name, from, column.type(), false);
        return cast.fits().equals("true")
                ? cast.value()
                : "CASE WHEN " + name + " IS NULL THEN NULL WHEN " + cast.fits() + " THEN " + cast.value()
                        + " ELSE error(concat("
                        + DuckSql.text("Cannot read column " + column.name() + " as " + column.type() + ": ")
                        + ", left(CAST(" + name + " AS VARCHAR), 200))) END";
    }
}
