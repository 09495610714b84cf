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

/** The tables of one run, which are dropped with the session. */
final class WorkStorage implements FileMerge.WorkTables, AutoCloseable {
    private final SqlRunner sql;
    private final WorkFiles files;
    private final WorkFiles.Use use;
    private final String session;
    private final Path folder;
    private final List<String> made = new ArrayList<>();
    private final Set<String> kept = new HashSet<>();
    private final List<Path> temporaries = new ArrayList<>();
    private int tables;

    private WorkStorage(SqlRunner sql, WorkFiles files, String session, Path folder) {
        this.sql = sql;
        this.files = files;
        this.use = files.take();
        this.session = session;
        this.folder = folder;
    }

    /**
     * Work storage for a session.
     *
     * @param session a name that no other session of the process has
     * @param folder where its temporary files go
     */
    static WorkStorage open(SqlRunner sql, WorkFiles files, String session, Path folder) {
        return new WorkStorage(sql, files, session, folder);
    }

    /** A table name that nothing else in this storage has. */
    WorkTable table(String name) {
        return new WorkTable(catalog(), freshName(name));
    }

    /** {@link #table} as SQL. */
    String fresh(String name) {
        return table(name).sql();
    }

    @Override
    public String freshName(String name) {
        tables++;
        String fresh = name + "_" + session + "_" + tables;
        made.add(fresh);
        return fresh;
    }

    @Override
    public String catalog() {
        return use.catalog();
    }

    /** A file name that nothing else in this storage has; the file is deleted with the storage. */
    Path temporaryFile(String ending) {
        tables++;
        Path temporary = folder.resolve("work_" + tables + ending);
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
        files.giveBack(use, made);
        try {
            for (Path temporary : temporaries) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot delete work files in " + folder + ": " + failed.getMessage(),
                    null,
                    failed);
        }
    }
}
