package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.csv.CsvFile;
import io.headworks.duckdb.scan.CsvSelect;
import io.headworks.duckdb.scan.DatabaseSelect;
import io.headworks.duckdb.scan.ParquetSelect;
import io.headworks.duckdb.sql.DuckSql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
            if (leaf instanceof Csv csv) {
                boolean asItStands = !csv.files().isEmpty() && engineReads(csv);
                selects.add(
                        asItStands
                                ? inPlace(csv, null)
                                : csv.files().isEmpty()
                                        ? Relations.empty(schema(csv)).sql()
                                        : careful.strict(csv, sql.faults().register(csv)));
            } else {
                selects.add(inPlace(leaf, null));
            }
        }
        return String.join(" UNION ALL ", selects);
    }

    boolean engineReads(Csv scan) {
        try {
            return CsvFitness.engineReads(scan);
        } catch (IOException failed) {
            throw unreadable(scan, failed);
        }
    }

    /** @param source name of a column with the file's path; null for none */
    String inPlace(Scan scan, @Nullable String source) {
        if (scan instanceof Csv csv) {
            return csv(csv, source);
        } else if (scan instanceof Scan.Parquet parquet) {
            return parquet.files().isEmpty()
                    ? Relations.empty(schema(scan)).sql() + ""
                    : ParquetSelect.strict(sql, parquet, source != null);
        } else if (scan instanceof Scan.Database database) {
            String select = DatabaseSelect.strict(sql, database, files.attach(database));
            return source == null
                    ? select
                    : "SELECT *, " + DuckSql.text(String.valueOf(database.table())) + " AS "
                            + DuckSql.name(HiddenColumns.SOURCE) + " FROM (" + select + ")";
        }
        throw new IllegalStateException("unknown scan " + scan);
    }

    private String csv(Csv scan, @Nullable String source) {
        int number = sql.faults().register(scan);
        List<String> selects = new ArrayList<>();
        byCompression(scan)
                .forEach((compression, inputs) -> selects.add(CsvSelect.strict(
                        new Csv(inputs, scan.dialect(), scan.columns()), number, compression.engineName(), source)));
        return String.join(" UNION ALL ", selects);
    }

    private static Map<CsvFile, List<InputFile>> byCompression(Csv scan) {
        Map<CsvFile, List<InputFile>> groups = new EnumMap<>(CsvFile.class);
        try {
            for (InputFile file : scan.files()) {
                groups.computeIfAbsent(CsvFile.of(file.path()), any -> new ArrayList<>())
                        .add(file);
            }
        } catch (IOException failed) {
            throw unreadable(scan, failed);
        }
        return groups;
    }

    private static HeadworksException unreadable(Csv scan, IOException failed) {
        return new HeadworksException(
                FailureKind.RUN, "Cannot read " + scan.files().get(0).stamp().path() + ": " + failed, null, failed);
    }
}
