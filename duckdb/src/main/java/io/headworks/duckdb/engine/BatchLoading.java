package io.headworks.duckdb.engine;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.batch.BatchWriter;
import io.headworks.duckdb.batch.TableBatches;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.stream.PartsInTurn;
import io.headworks.duckdb.stream.StreamJob;
import io.headworks.duckdb.stream.Streams;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/** Batches into work storage, and rows out of it as batches. */
final class BatchLoading implements AutoCloseable {
    private final SessionSql sql;
    private final WorkStorage work;
    private final Streams streams;
    private final List<Streams.Opened> left = new ArrayList<>();

    BatchLoading(SessionSql sql, WorkStorage work, Streams streams) {
        this.streams = streams;
        this.sql = sql;
        this.work = work;
    }

    Staged stage(String name, RowSource.Streamed rows) {
        try (RejectTable rejects = new RejectTable(sql, work.table(name + "_rejects"));
                BatchReader reader = rows.opener().open(row -> rejects.add(row, null))) {
            Stored stored = store(name, reader);
            rejects.flush();
            return new Staged(relation(stored), stored.rows(), rejects.relation(), rejects.count());
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    Staged stage(String name, RowSource.Parallel rows) {
        if (!streams.isUsable()) {
            return stage(name, new RowSource.Streamed(rejects -> new PartsInTurn(rows, rejects)));
        }
        StreamRejects rejected = new StreamRejects();
        Streams.Opened opened = open(rows, rejected);
        WorkTable table = work.table(name);
        table.create(sql, rows.schema(), List.of());
        try {
            long inserted = sql.update("INSERT INTO " + table.sql() + " " + opened.select());
            if (inserted != opened.job().rows()) {
                throw new HeadworksException(
                        FailureKind.INTERNAL,
                        "Cannot read rows: " + opened.job().rows() + " were read and " + inserted + " kept");
            }
            return staged(name, table.numbered(rows.schema(), List.of()), inserted, rejected.rows());
        } finally {
            streams.close(opened);
            sql.forget(opened.job());
        }
    }

    private Staged staged(String name, Relation rows, long count, List<RejectedRow> rejected) {
        if (rejected.isEmpty()) {
            return new Staged(rows, count, Relations.empty(RejectColumns.SCHEMA), 0);
        }
        try (RejectTable rejects = new RejectTable(sql, work.table(name + "_rejects"))) {
            rejected.forEach(row -> rejects.add(row, null));
            rejects.flush();
            return new Staged(rows, count, rejects.relation(), rejects.count());
        }
    }

    /** Streams as rows of one statement; closed with this. */
    Relation stream(RowSource.Parallel rows) {
        if (!streams.isUsable()) {
            Relation kept = load("streamed", new PartsInTurn(rows, BatchLoading::refuse));
            return new Relation(
                    "SELECT " + DuckSql.names(rows.schema().names()) + " FROM (" + kept.sql() + ")",
                    rows.schema(),
                    List.of());
        }
        Streams.Opened opened = open(rows, BatchLoading::refuse);
        left.add(opened);
        return new Relation(opened.select(), rows.schema(), List.of());
    }

    /** How many rows a stream had that a statement has read; empty for what is no such stream. */
    OptionalLong streamed(Relation relation) {
        return left.stream()
                .filter(opened -> opened.select().equals(relation.sql()))
                .map(Streams.Opened::job)
                .filter(StreamJob::isRead)
                .mapToLong(StreamJob::rows)
                .findFirst();
    }

    private Streams.Opened open(RowSource.Parallel rows, Consumer<RejectedRow> rejects) {
        Streams.Opened opened = streams.open(rows, sql.cancellation(), rejects);
        sql.reads(opened.job());
        return opened;
    }

    private static void refuse(RejectedRow row) {
        throw new HeadworksException(
                FailureKind.RUN,
                "Cannot read a row of " + row.source() + ": " + row.reason() + " (" + row.raw() + ")",
                "correct the input, or set error_handling.strategy: dead-letter to load the other rows");
    }

    @Override
    public void close() {
        left.forEach(streams::close);
        left.clear();
    }

    Relation load(String name, BatchReader rows) {
        try (rows) {
            return relation(store(name, rows));
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private static HeadworksException unreadable(IOException failed) {
        return new HeadworksException(FailureKind.RUN, "Cannot read rows: " + failed.getMessage(), null, failed);
    }

    private record Stored(WorkTable table, Schema schema, long rows) {}

    private Stored store(String name, BatchReader reader) throws IOException {
        Schema schema = reader.schema();
        WorkTable table = work.table(name);
        sql.execute("CREATE TABLE " + table.sql() + " (" + BatchWriter.storedColumns(schema) + ")");
        long rows = append(table, schema, reader);
        return new Stored(BatchWriter.isTyped(schema) ? table : typed(name, table, schema), schema, rows);
    }

    private long append(WorkTable table, Schema schema, BatchReader reader) throws IOException {
        try (BatchWriter writer = new BatchWriter(sql.connection(), schema, table.catalog(), table.name())) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                sql.cancellation().check();
                writer.write(batch);
                sql.meter().rows(writer.rows(), null);
                FailPoint.K6.pass();
            }
            return writer.rows();
        } catch (SQLException failed) {
            throw sql.failure(failed);
        } finally {
            sql.meter().movedAll();
        }
    }

    private WorkTable typed(String name, WorkTable stored, Schema schema) {
        WorkTable typed = work.table(name);
        typed.create(sql, schema, List.of());
        sql.inOrder(() -> sql.execute("INSERT INTO " + typed.sql() + " SELECT " + BatchWriter.typedColumns(schema)
                + " FROM " + stored.sql()));
        stored.drop(sql);
        return typed;
    }

    /** Hidden columns that the batches brought stay hidden; SEQ is the place in the table where they brought none. */
    private static Relation relation(Stored stored) {
        List<Field> fields = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        for (Field field : stored.schema().fields()) {
            if (HiddenNames.isHidden(field.name())) {
                hidden.add(field.name());
            } else {
                fields.add(field);
            }
        }
        Schema shown = new Schema(fields);
        if (!hidden.contains(HiddenColumns.SEQ)) {
            return stored.table().numbered(shown, hidden);
        }
        List<String> all = new ArrayList<>(shown.names());
        all.addAll(hidden);
        return new Relation(
                "SELECT " + DuckSql.names(all) + " FROM " + stored.table().sql(), shown, hidden);
    }

    private static DuckDBConnection inOrder(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION preserve_insertion_order = true");
        }
        return connection;
    }

    /** Kept first: other statements may run while they are read. */
    BatchReader read(Relation relation) {
        return kept(work.keeps(relation) ? relation : work.keep("to_read", relation), TableBatches::open);
    }

    BatchReader readUtf8(Relation relation) {
        return work.keeps(relation)
                ? kept(relation, TableBatches::openUtf8)
                : new MeteredBatches(StreamedBatches.open(sql, relation), sql.meter(), null);
    }

    private interface Opening {
        TableBatches open(
                DuckDBConnection connection, Cancellation cancellation, String select, Schema schema, long expected)
                throws SQLException;
    }

    private BatchReader kept(Relation kept, Opening opening) {
        long count = sql.number("SELECT count(*) FROM " + Relations.from(kept));
        try {
            BatchReader batches = opening.open(
                    inOrder(sql.connection().duplicate()), sql.cancellation(), kept.sql(), kept.schema(), count);
            return new MeteredBatches(batches, sql.meter(), count);
        } catch (SQLException failed) {
            throw sql.failure(failed);
        }
    }
}
