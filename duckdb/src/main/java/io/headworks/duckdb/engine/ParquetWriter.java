package io.headworks.duckdb.engine;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.rewrite.ParquetWrite;
import io.headworks.api.rewrite.WrittenFile;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.merge.PartitionSql;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes rows as Parquet files by COPY. */
final class ParquetWriter {
    /** The column by which DuckDB splits rows into folders; it is not written into the files. */
    private static final String PARTITION = "_hw_partition";

    /** The place of a row in the order asked for; it is not written either. */
    private static final String NUMBER = "_hw_number";

    private final SqlRunner sql;
    private final WorkStorage work;

    ParquetWriter(SqlRunner sql, WorkStorage work) {
        this.sql = sql;
        this.work = work;
    }

    List<WrittenFile> write(ParquetWrite write) {
        Partitioning partitioning = write.partition();
        String partition = partitioning == null
                ? ""
                : ", " + PartitionSql.text(partitioning, write.rows().schema()) + " AS " + PARTITION;
        String rows = "SELECT " + columns(write.rows()) + partition + " FROM " + Relations.from(write.rows());
        if (!write.sortedBy().isEmpty()) {
            return sorted(rows, write);
        }
        String folders = partitioning == null ? "" : ", PARTITION_BY (" + PARTITION + ")";
        return copy(
                rows,
                write.folder(),
                ", FILENAME_PATTERN '{uuid}', FILE_SIZE_BYTES '" + write.fileBytes() + "B'" + folders);
    }

    /**
     * COPY keeps an order neither across folders nor when it is to begin a new file at a size. So the rows are numbered
     * in their order first, which also puts equal rows into exactly one file.
     */
    private List<WrittenFile> sorted(String rows, ParquetWrite write) {
        String table = work.fresh("to_sort");
        boolean partitioned = write.partition() != null;
        sql.execute("CREATE TABLE " + table + " AS SELECT *, row_number() OVER ("
                + (partitioned ? "PARTITION BY " + PARTITION + " " : "") + "ORDER BY "
                + DuckSql.names(write.sortedBy()) + ") AS " + NUMBER + " FROM (" + rows + ")");
        List<WrittenFile> files = new ArrayList<>();
        if (!partitioned) {
            files.addAll(numbered("SELECT * EXCLUDE (" + NUMBER + ") FROM " + table, " WHERE", write, write.folder()));
        } else {
            for (String partition : sql.query(
                    "SELECT DISTINCT " + PARTITION + " FROM " + table + " ORDER BY 1 NULLS LAST",
                    row -> row.getString(1))) {
                String literal = partition == null ? "NULL" : DuckSql.text(partition);
                String select = "SELECT * EXCLUDE (" + PARTITION + ", " + NUMBER + ") FROM " + table + " WHERE "
                        + PARTITION + " IS NOT DISTINCT FROM " + literal;
                for (WrittenFile file :
                        numbered(select, " AND", write, write.folder().resolve("p" + files.size()))) {
                    files.add(new WrittenFile(file.path(), partition, file.rows(), file.bytes()));
                }
            }
        }
        sql.execute("DROP TABLE " + table);
        return files;
    }

    /** Writes numbered rows as one file, or as several of about equal rows where one would be too large. */
    private List<WrittenFile> numbered(String select, String and, ParquetWrite write, Path folder) {
        List<WrittenFile> whole = ordered(select, folder);
        if (whole.size() != 1 || whole.get(0).bytes() <= write.fileBytes()) {
            return whole;
        }
        WrittenFile large = whole.get(0);
        delete(large.path());
        long parts = large.bytes() / write.fileBytes() + 1;
        long rowsEach = large.rows() / parts + 1;
        List<WrittenFile> files = new ArrayList<>();
        for (long from = 1; from <= large.rows(); from += rowsEach) {
            String part = select + and + " " + NUMBER + " BETWEEN " + from + " AND " + (from + rowsEach - 1);
            files.addAll(ordered(part, folder));
        }
        return files;
    }

    private List<WrittenFile> ordered(String select, Path folder) {
        try {
            Path file = Files.createDirectories(folder).resolve(UUID.randomUUID() + ".parquet");
            return copy(select + " ORDER BY " + NUMBER, file, ", PRESERVE_ORDER true");
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create " + folder, failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot delete " + file, failed);
        }
    }

    private List<WrittenFile> copy(String select, Path to, String options) {
        return sql.query(
                "COPY (" + select + ") TO " + DuckSql.text(to.toString())
                        + " (FORMAT parquet, COMPRESSION zstd, RETURN_STATS" + options + ")",
                ParquetWriter::file);
    }

    private static WrittenFile file(ResultSet row) throws SQLException {
        Object keys = row.getObject("partition_keys");
        Object partition = keys instanceof Map<?, ?> map ? map.get(PARTITION) : null;
        return new WrittenFile(
                Path.of(row.getString("filename")),
                partition == null ? null : partition.toString(),
                row.getLong("count"),
                row.getLong("file_size_bytes"));
    }

    private static String columns(Relation rows) {
        return rows.schema().fields().stream().map(ParquetWriter::stored).collect(Collectors.joining(", "));
    }

    /** Parquet has no 128-bit integer, and DuckDB writes one as a double: 38 digits are kept, more fail. */
    private static String stored(Field field) {
        String name = DuckSql.name(field.name());
        DataType type = field.type();
        return type == Simple.HUGEINT ? "CAST(" + name + " AS DECIMAL(38,0)) AS " + name : name;
    }
}
