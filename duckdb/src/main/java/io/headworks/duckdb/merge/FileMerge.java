package io.headworks.duckdb.merge;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.rewrite.FileTable;
import io.headworks.api.rewrite.Merge;
import io.headworks.api.rewrite.Merge.Replaced;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.load.LoadSql;
import io.headworks.duckdb.load.LoadedTable;
import io.headworks.duckdb.load.LoadedTable.Elsewhere;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads into a table of files by way of a work table: the rows that a load could change are brought there, the load's
 * strategy is applied as it is to any DuckDB table, and what came of it is handed back. So a strategy has one meaning.
 */
public final class FileMerge {
    private final SqlRunner sql;
    private final WorkTables work;
    private final FileTable table;
    private final LoadRequest request;
    private final PartitionText partitions;

    /** Where work tables are made. */
    public interface WorkTables {
        String catalog();

        /** A table name, unquoted, that nothing else in schema main of the catalog has. */
        String freshName(String name);
    }

    public FileMerge(SqlRunner sql, WorkTables work, FileTable table, LoadRequest request) {
        this.sql = sql;
        this.work = work;
        this.table = table;
        this.request = request;
        this.partitions =
                new PartitionText(sql, request.load().partition(), table.rows().schema());
    }

    public Merge run() {
        Part part = Part.of(request, table, partitions);
        WorkTable copy =
                WorkTable.create(sql, work, request.load().table(), table.rows().schema());
        long copied = copy.fill(part.rows());
        PartitionRows before = partitions.count(copy.relation());
        sql.execute("BEGIN TRANSACTION");
        try {
            Merge merge = merge(part, copy, copied, before);
            sql.execute("COMMIT");
            return merge;
        } catch (RuntimeException failed) {
            sql.execute("ROLLBACK");
            throw failed;
        }
    }

    private Merge merge(Part part, WorkTable copy, long copied, PartitionRows before) {
        LoadedTable loaded =
                LoadedTable.apply(new LoadSql(sql, work.catalog()), copy.shape(), request, elsewhere(copy, copied));
        boolean onlyWritten = copied == 0 || request.load().strategy() == Strategy.TRUNCATE_RELOAD;
        Relation written =
                onlyWritten ? copy.relation() : keep("written", loaded.touched().sql());
        LoadCounts counts = loaded.counts();
        if (request.load().strategy() == Strategy.TRUNCATE_RELOAD) {
            return new Merge(counts, written, new Replaced.Everything(), written);
        } else if (part.staysWhole() || counts.updated() + counts.deleted() == 0) {
            return new Merge(counts, written, new Replaced.Nothing(), written);
        } else if (request.load().partition() == null) {
            return new Merge(counts, written, new Replaced.Everything(), copy.relation());
        }
        return replacePartitions(counts, written, copy, before);
    }

    /** A breaker is about the live rows of the whole table; marks are looked at only where there is one. */
    private Elsewhere elsewhere(WorkTable copy, long copied) {
        long rows = table.count() - copied;
        Load load = request.load();
        Optional<Field> mark = table.rows().schema().fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(load.deletedColumn()))
                .findFirst();
        boolean asked = load.deletes() == Load.Deletes.MARK && !load.breaker().equals(Breaker.NONE);
        return asked && rows > 0 && mark.isPresent()
                ? new Elsewhere(rows, live(table.rows(), mark.get()) - live(copy.relation(), mark.get()))
                : new Elsewhere(rows, rows);
    }

    private long live(Relation rows, Field mark) {
        return sql.number("SELECT count(*) FROM (" + rows.sql() + ") WHERE " + DuckSql.name(mark.name())
                + " IS DISTINCT FROM true");
    }

    /** Partitions that no row entered or left keep their files; rows in partitions that were not copied are all new. */
    private Merge replacePartitions(LoadCounts counts, Relation written, WorkTable copy, PartitionRows before) {
        PartitionRows after = partitions.count(copy.relation());
        Set<@Nullable String> entered = partitions.count(written).partitions();
        Set<@Nullable String> changed = new HashSet<>();
        Set<@Nullable String> unchanged = new HashSet<>();
        for (String partition : before.partitions()) {
            boolean same = before.rows(partition) == after.rows(partition) && !entered.contains(partition);
            (same ? unchanged : changed).add(partition);
        }
        Relation rows =
                keep("merged", partitions.outside(copy.relation(), unchanged).sql());
        return new Merge(counts, written, new Replaced.Partitions(changed), rows);
    }

    private Relation keep(String name, String select) {
        String qualified = DuckSql.name(work.catalog()) + ".main." + DuckSql.name(work.freshName(name));
        Schema schema = table.rows().schema();
        String names = DuckSql.names(schema.names());
        sql.execute("CREATE TABLE " + qualified + " AS SELECT " + names + " FROM (" + select + ")");
        return new Relation("SELECT " + names + " FROM " + qualified, schema, List.of());
    }
}
