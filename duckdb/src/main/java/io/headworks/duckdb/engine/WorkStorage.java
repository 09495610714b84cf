package io.headworks.duckdb.engine;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.merge.FileMerge;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tables of one run, in a file of its own that is deleted with the session. */
final class WorkStorage implements FileMerge.WorkTables, AutoCloseable {
    private final SqlRunner sql;
    private final Attachments attachments;
    private final String catalog;
    private final Path file;
    private final Set<String> kept = new HashSet<>();
    private final List<Path> temporaries = new ArrayList<>();
    private int tables;

    private WorkStorage(SqlRunner sql, Attachments attachments, String catalog, Path file) {
        this.sql = sql;
        this.attachments = attachments;
        this.catalog = catalog;
        this.file = file;
    }

    static WorkStorage open(SqlRunner sql, Attachments attachments, String wanted, Path file) {
        return new WorkStorage(sql, attachments, attachments.attach(file, wanted, false), file);
    }

    /** A table name that nothing else in this storage has. */
    WorkTable table(String name) {
        return new WorkTable(catalog, freshName(name));
    }

    /** {@link #table} as SQL. */
    String fresh(String name) {
        return table(name).sql();
    }

    @Override
    public String freshName(String name) {
        tables++;
        return name + "_" + tables;
    }

    @Override
    public String catalog() {
        return catalog;
    }

    /** A file name that nothing else in this storage has; the file is deleted with the storage. */
    Path temporaryFile(String ending) {
        Path temporary = file.resolveSibling(freshName("work") + ending);
        temporaries.add(temporary);
        return temporary;
    }

    Relation keep(String name, Relation relation) {
        String table = table(name).sql();
        String columns = DuckSql.names(Relations.columns(relation));
        sql.execute("CREATE TABLE " + table + " AS SELECT " + columns + " FROM " + Relations.from(relation));
        Relation kept = new Relation("SELECT " + columns + " FROM " + table, relation.schema(), relation.hidden());
        this.kept.add(kept.sql());
        return kept;
    }

    /** True for a relation that {@link #keep} answered: the rows of a table, whenever it is read. */
    boolean keeps(Relation relation) {
        return kept.contains(relation.sql());
    }

    @Override
    public void close() {
        attachments.detach(file);
        try {
            for (Path temporary : temporaries) {
                Files.deleteIfExists(temporary);
            }
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot delete work storage " + file + ": " + failed.getMessage(),
                    null,
                    failed);
        }
    }
}
