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
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows as Parquet files by COPY. */
final class ParquetWriter {
    /** The column by which DuckDB splits rows into folders; it is not written into the files. */
    private static final String PARTITION = "_hw_partition";

    private final SqlRunner sql;
    private final WorkStorage work;

    ParquetWriter(SqlRunner sql, WorkStorage work) {
        this.sql = sql;
        this.work = work;
    }

    List<WrittenFile> write(ParquetWrite write) {
        Partitioning partitioning = write.partition();
        if (partitioning == null) {
            return copy(select(write) + orderBy(write), write.folder(), write.fileBytes(), "");
        }
        String partitioned = "SELECT " + columns(write.rows()) + ", "
                + PartitionSql.text(partitioning, write.rows().schema()) + " AS " + PARTITION + " FROM "
                + Relations.from(write.rows());
        return write.sortedBy().isEmpty()
                ? copy(partitioned, write.folder(), write.fileBytes(), ", PARTITION_BY (" + PARTITION + ")")
                : sorted(partitioned, write);
    }

    /** COPY does not keep an order across folders, so sorted partitions are written one by one. */
    private List<WrittenFile> sorted(String partitioned, ParquetWrite write) {
        String table = work.fresh("to_sort");
        sql.execute("CREATE TABLE " + table + " AS " + partitioned);
        List<@Nullable String> partitions = sql.query(
                "SELECT DISTINCT " + PARTITION + " FROM " + table + " ORDER BY 1 NULLS LAST", row -> row.getString(1));
        List<WrittenFile> files = new ArrayList<>();
        for (String partition : partitions) {
            String literal = partition == null ? "NULL" : DuckSql.text(partition);
            String rows = "SELECT * EXCLUDE (" + PARTITION + ") FROM " + table + " WHERE " + PARTITION
                    + " IS NOT DISTINCT FROM " + literal + orderBy(write);
            Path folder = write.folder().resolve("p" + files.size());
            for (WrittenFile file : copy(rows, folder, write.fileBytes(), "")) {
                files.add(new WrittenFile(file.path(), partition, file.rows(), file.bytes()));
            }
        }
        sql.execute("DROP TABLE " + table);
        return files;
    }

    private List<WrittenFile> copy(String select, Path folder, long fileBytes, String option) {
        return sql.query(
                "COPY (" + select + ") TO " + DuckSql.text(folder.toString())
                        + " (FORMAT parquet, COMPRESSION zstd, FILENAME_PATTERN '{uuid}', FILE_SIZE_BYTES '" + fileBytes
                        + "B', RETURN_STATS" + option + ")",
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

    private static String select(ParquetWrite write) {
        return "SELECT " + columns(write.rows()) + " FROM " + Relations.from(write.rows());
    }

    private static String orderBy(ParquetWrite write) {
        return write.sortedBy().isEmpty() ? "" : " ORDER BY " + DuckSql.names(write.sortedBy());
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
