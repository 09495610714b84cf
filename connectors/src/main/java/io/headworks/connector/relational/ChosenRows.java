package io.headworks.connector.relational;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a table chosen by values of the engine's, which go to the database first, so that no others come back. */
record ChosenRows(Statements sql, EngineSession engine, TargetTable table) {

    /** See {@link io.headworks.api.target.LoadTransaction#rows}. */
    Relation of(Relation values, @Nullable String live) {
        TargetTable wanted = table.only(values.schema().names());
        wanted.columns().forEach(this::refuseCollated);
        LoadColumns columns = new LoadColumns(sql.database(), request(values), wanted);
        sql.database().batch(sql, engine, columns).fill(values);
        Spelling spelling = sql.spelling();
        String temporary = spelling.temporary(BatchTable.NAME);
        String cells = columns.data().stream().map(Pair::cell).collect(Collectors.joining(", "));
        String index = spelling.index(BatchTable.NAME, cells);
        if (index != null) {
            sql.execute(index);
        }
        String measure = spelling.measure(temporary);
        if (measure != null) {
            sql.execute(measure);
        }
        String chosen = "EXISTS (SELECT 1 FROM " + temporary + " AS b WHERE " + Compare.sameKey(columns.data()) + ")";
        String also = live == null
                ? ""
                : " OR t." + table.column(live).map(TargetColumn::sql).orElseThrow();
        Relation rows = sql.database().read(sql, engine, table, table.sql() + " AS t WHERE " + chosen + also);
        sql.database().dropBatch(sql);
        return rows;
    }

    private LoadRequest request(Relation values) {
        Load load = new Load(
                table.name(),
                Strategy.MERGE,
                values.schema().names(),
                List.of(),
                Load.Deletes.APPLY,
                "",
                null,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                null,
                null,
                null);
        return new LoadRequest(load, values, true, BatchKind.DELTA, null, 0, Instant.EPOCH);
    }

    /** What the table finds equal and the engine does not would become two histories of one key. */
    private void refuseCollated(TargetColumn column) {
        if (column.collation() != null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot keep the history of " + table.name() + ": key column '" + column.name()
                            + "' compares text by " + column.collation()
                            + " (allowed: columns that compare text as it is)",
                    "let the load make the table, or give load.merge_keys without texts");
        }
    }
}
