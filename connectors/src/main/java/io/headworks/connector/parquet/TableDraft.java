package io.headworks.connector.parquet;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.name.NameTable;
import io.headworks.api.name.StoredName;
import io.headworks.api.rewrite.FileEngine;
import io.headworks.api.rewrite.FileTable;
import io.headworks.api.rewrite.Merge;
import io.headworks.api.rewrite.Merge.Replaced;
import io.headworks.api.rewrite.ParquetWrite;
import io.headworks.api.type.Schema;
import io.headworks.connector.parquet.VersionBuild.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table's files and columns as they will be once the load commits. */
final class TableDraft implements FileTable {
    /** A next file is begun at this size; the last one of a load may be small. */
    static final long FILE_BYTES = 256L << 20;

    private static final int MANY_FILES = 32;

    private final TableName name;
    private final FileEngine engine;
    private final VersionBuild build;
    private final List<Schema> columnSets;
    private final List<StoredName> names;
    private final boolean existed;
    private List<DataFile> files;
    private @Nullable Partitioning partitioning;

    TableDraft(TableName name, FileEngine engine, VersionBuild build, @Nullable Version base) {
        this.name = name;
        this.engine = engine;
        this.build = build;
        this.existed = base != null;
        this.names = new ArrayList<>(base == null ? List.of() : base.names());
        this.columnSets = new ArrayList<>(base == null ? List.of() : base.columnSets());
        this.files = base == null ? List.of() : withRows(base.files());
        this.partitioning = base == null ? null : base.partitioning();
    }

    /** Without the file that stands for a table of no rows. */
    private static List<DataFile> withRows(List<DataFile> files) {
        return files.stream().filter(file -> file.rows() > 0).toList();
    }

    void change(List<SchemaChange> changes) {
        List<SchemaChange> ofColumns = new ArrayList<>(changes);
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.KeepName keep) {
                ofColumns.remove(change);
                if (!NameTable.isKept(names, keep.name())) {
                    names.add(keep.name());
                }
            }
        }
        if (ofColumns.isEmpty()) {
            return;
        }
        Schema schema = ColumnChanges.apply(name, columnSets.isEmpty() ? null : schema(), ofColumns);
        StoredTypes.require(schema, name.toString());
        columnSets.add(schema);
    }

    Schema schema() {
        if (columnSets.isEmpty()) {
            throw new HeadworksException(FailureKind.PROJECT, "Cannot load into " + name + ": no such table");
        }
        return columnSets.get(columnSets.size() - 1);
    }

    /** Takes over how a load partitions the table; an existing table changes only when all of it is reloaded. */
    void partitionBy(Load load) {
        Partitioning wanted = load.partition();
        if (existed && !Objects.equals(wanted, partitioning) && load.strategy() != Strategy.TRUNCATE_RELOAD) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load into " + name + ": it is partitioned by " + spelled(partitioning)
                            + ", the pipeline says " + spelled(wanted),
                    "set partition_key back, or reload the table with strategy truncate-reload");
        }
        if (wanted != null && !schema().has(wanted.column())) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot partition " + name + ": column '" + wanted.column() + "' is missing (columns: " + schema()
                            + ")");
        }
        partitioning = wanted;
    }

    private static String spelled(@Nullable Partitioning partitioning) {
        return partitioning == null
                ? "nothing"
                : partitioning.by().name().toLowerCase(Locale.ROOT) + " of " + partitioning.column();
    }

    @Override
    public Relation rows() {
        return scan(files);
    }

    @Override
    public Relation rows(Set<@Nullable String> partitions) {
        return scan(files.stream()
                .filter(file -> partitions.contains(file.partition()))
                .toList());
    }

    @Override
    public long count() {
        return files.stream().mapToLong(DataFile::rows).sum();
    }

    private Relation scan(List<DataFile> some) {
        schema();
        return new TableScan(engine, columnSets).rows(some);
    }

    /** Puts a merge into files. */
    void take(Merge merge, List<String> sortedBy) throws IOException {
        replace(file -> isReplaced(merge.replaced(), file), merge.rows(), sortedBy);
        compact(sortedBy);
    }

    private void replace(Predicate<DataFile> replaced, Relation rows, List<String> sortedBy) throws IOException {
        List<DataFile> next = new ArrayList<>(files);
        next.removeIf(replaced);
        List<DataFile> written = write(rows, sortedBy);
        long expected = engine.count(rows);
        long found = written.stream().mapToLong(DataFile::rows).sum();
        if (found != expected) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of " + name + ": " + found + " were written to files, " + expected
                            + " expected");
        }
        next.addAll(written);
        files = next;
    }

    /** Many small files of a partition, as loads leave them that only add rows, become one. */
    private void compact(List<String> sortedBy) throws IOException {
        Map<Optional<String>, List<DataFile>> small = files.stream()
                .filter(file -> file.bytes() < FILE_BYTES / 4)
                .collect(Collectors.groupingBy(
                        file -> Optional.ofNullable(file.partition()), LinkedHashMap::new, Collectors.toList()));
        for (List<DataFile> together : small.values()) {
            if (together.size() >= MANY_FILES) {
                replace(together::contains, scan(together), sortedBy);
            }
        }
    }

    private static boolean isReplaced(Replaced replaced, DataFile file) {
        if (replaced instanceof Replaced.Partitions some) {
            return some.partitions().contains(file.partition());
        }
        return replaced instanceof Replaced.Everything;
    }

    private List<DataFile> write(Relation rows, List<String> sortedBy) throws IOException {
        Path folder = build.incoming();
        return withRows(dataFiles(new ParquetWrite(rows, folder, partitioning, sortedBy, FILE_BYTES)));
    }

    private List<DataFile> dataFiles(ParquetWrite write) {
        return engine.writeParquet(write).stream()
                .map(file ->
                        new DataFile(file.path(), file.partition(), file.rows(), file.bytes(), columnSets.size() - 1))
                .toList();
    }

    Contents contents(List<LedgerRow> ledger, Instant publishedAt) throws IOException {
        Schema schema = schema();
        List<DataFile> all = files;
        if (all.isEmpty()) {
            all = dataFiles(new ParquetWrite(engine.empty(schema), build.incoming(), null, List.of(), FILE_BYTES));
        }
        return new Contents(all, columnSets, partitioning, names, ledger, publishedAt);
    }
}
