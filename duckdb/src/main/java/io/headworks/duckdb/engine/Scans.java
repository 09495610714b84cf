package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.scan.CsvReading;
import io.headworks.duckdb.scan.CsvSelect;
import io.headworks.duckdb.scan.DatabaseSelect;
import io.headworks.duckdb.scan.KeyCondition;
import io.headworks.duckdb.scan.ParquetSelect;
import io.headworks.duckdb.sql.DuckSql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Scans as SELECTs on a session. */
final class Scans {
    private final SessionSql sql;
    private final CarefulCsv careful;
    private final Files files;

    /** Attaches a database file for reading and answers its catalog name. */
    interface Files {
        String attach(Scan.Database scan);
    }

    Scans(SessionSql sql, CarefulCsv careful, Files files) {
        this.sql = sql;
        this.careful = careful;
        this.files = files;
    }

    static Schema schema(Scan scan) {
        return new Schema(scan.columns().stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList());
    }

    /** The scans of which this one is made. */
    static List<Scan> leaves(Scan scan) {
        if (!(scan instanceof Scan.Union union)) {
            return List.of(scan);
        }
        List<Scan> leaves = new ArrayList<>();
        union.scans().forEach(each -> leaves.addAll(leaves(each)));
        return leaves;
    }

    String strict(Scan scan) {
        List<String> selects = new ArrayList<>();
        for (Scan leaf : leaves(scan)) {
            selects.add(leaf instanceof Csv csv ? strict(csv) : stored(leaf, false));
        }
        return String.join(" UNION ALL ", selects);
    }

    private String strict(Csv scan) {
        if (scan.files().isEmpty()) {
            return Relations.empty(schema(scan)).sql();
        }
        return reading(scan)
                .map(reading -> asItStands(scan, reading, null))
                .orElseGet(() -> careful.strict(scan, sql.faults().register(scan)));
    }

    /** How the engine reads the files, when it can be trusted with all of them. */
    Optional<CsvReading> reading(Csv scan) {
        try {
            return CsvFitness.reading(scan, sql.proved());
        } catch (IOException failed) {
            throw unreadable(scan, failed);
        }
    }

    /** @param source name of a column with the file's path; null for none */
    String asItStands(Csv scan, CsvReading reading, @Nullable String source) {
        int number = sql.faults().register(scan);
        List<String> selects = new ArrayList<>();
        reading.files()
                .forEach((form, inputs) -> selects.add(CsvSelect.strict(
                        new Csv(inputs, scan.dialect(), scan.columns()), number, form, reading.plain(), source)));
        return String.join(" UNION ALL ", selects);
    }

    /** Rows of anything but delimited text. */
    String stored(Scan scan, boolean withSource) {
        if (scan instanceof Scan.Parquet parquet) {
            return parquet.files().isEmpty()
                    ? Relations.empty(schema(scan)).sql()
                    : ParquetSelect.strict(sql, parquet, withSource);
        } else if (scan instanceof Scan.Statement statement) {
            return statement(statement, withSource);
        } else if (scan instanceof Scan.Database database) {
            String select = DatabaseSelect.strict(sql, database, files.attach(database));
            String from = database.table() == null ? "query" : database.table().toString();
            return withSource
                    ? "SELECT *, " + DuckSql.text(from) + " AS " + DuckSql.name(HiddenColumns.SOURCE) + " FROM ("
                            + select + ")"
                    : select;
        }
        throw new IllegalStateException("unknown scan " + scan);
    }

    private static String statement(Scan.Statement statement, boolean withSource) {
        List<String> columns = new ArrayList<>();
        statement.columns().forEach(column -> columns.add(DuckSql.name(column.name())));
        if (withSource) {
            columns.add(DuckSql.text(statement.from()) + " AS " + DuckSql.name(HiddenColumns.SOURCE));
        }
        return "SELECT " + String.join(", ", columns) + " FROM (" + statement.sql() + "\n) AS statement"
                + (statement.keys() == null ? "" : " WHERE " + KeyCondition.of(statement.keys()));
    }

    private static HeadworksException unreadable(Csv scan, IOException failed) {
        return new HeadworksException(
                FailureKind.RUN, "Cannot read " + scan.files().get(0).stamp().path() + ": " + failed, null, failed);
    }
}
