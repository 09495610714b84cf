package io.headworks.duckdb.engine;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.engine.WorkProgress;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.rewrite.FileEngine;
import io.headworks.api.rewrite.FileTable;
import io.headworks.api.rewrite.Merge;
import io.headworks.api.rewrite.ParquetWrite;
import io.headworks.api.rewrite.WrittenFile;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.check.CheckRunner;
import io.headworks.duckdb.check.RejectMarker;
import io.headworks.duckdb.compile.CompileContext;
import io.headworks.duckdb.compile.OperationCompiler;
import io.headworks.duckdb.inspect.DatasetSql;
import io.headworks.duckdb.merge.FileMerge;
import io.headworks.duckdb.scan.ParquetSelect;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import io.headworks.duckdb.stream.Streams;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A run's session: one connection, one work file, the files it has attached, and what datasets mean in it. */
public final class DuckDbSession implements FileEngine {
    private final SessionSql sql;
    private final Attachments attachments;
    private final List<Path> attached = new ArrayList<>();
    private final WorkStorage work;
    private final BoundDatasets datasets = new BoundDatasets();
    private final Scans scans;
    private final Staging staging;
    private final BatchLoading batches;
    private final OperationCompiler compiler = new OperationCompiler();
    private Map<String, Object> values = Map.of();

    private DuckDbSession(SessionSql sql, Attachments attachments, Streams streams, WorkStorage work) {
        this.sql = sql;
        this.attachments = attachments;
        this.work = work;
        CarefulCsv careful = new CarefulCsv(sql, work);
        this.scans = new Scans(sql, careful, database -> attach(database.file(), "source", true));
        this.batches = new BatchLoading(sql, work, streams);
        this.staging = new Staging(sql, work, scans, careful);
    }

    static DuckDbSession open(
            DuckDBConnection root,
            Attachments attachments,
            Streams streams,
            String alias,
            Path file,
            Cancellation cancellation) {
        try {
            DuckDBConnection connection = root.duplicate();
            SessionSql sql = new SessionSql(connection, cancellation);
            WorkStorage work = WorkStorage.open(sql, attachments, alias, file);
            return new DuckDbSession(sql, attachments, streams, work);
        } catch (SQLException failed) {
            throw EngineErrors.of(failed);
        }
    }

    /** Statements on this session's connection. */
    public SqlRunner sql() {
        return sql;
    }

    public Datasets datasets() {
        return datasets;
    }

    /** What {@code {{ … }}} stand for. */
    public Map<String, Object> values() {
        return values;
    }

    public Cancellation cancellation() {
        return sql.cancellation();
    }

    /**
     * Opens a database file, or joins another session of the process that has it open; closed with this session at the
     * latest. Asking for writing reopens a file that was open for reading.
     *
     * @param wanted the catalog name if the file is not open yet and the name is free
     * @return the catalog name under which the file is reached
     * @throws HeadworksException of kind HELD when another process, or a reading run of this one, has the file
     */
    public String attach(Path file, String wanted, boolean readOnly) {
        String alias = attachments.attach(file, wanted, readOnly);
        attached.add(file);
        return alias;
    }

    public void detach(Path file) {
        if (!attached.remove(file)) {
            throw new IllegalStateException("Cannot detach " + file + ": this session did not attach it");
        }
        attachments.detach(file);
    }

    @Override
    public Relation scan(Scan scan) {
        if (scan instanceof Scan.Parquet parquet && parquet.columns().isEmpty()) {
            return relation(ParquetSelect.whole(parquet));
        }
        return new Relation(scans.strict(scan), Scans.schema(scan), List.of());
    }

    @Override
    public Relation empty(Schema schema) {
        return Relations.empty(schema);
    }

    @Override
    public Staged stage(String name, RowSource rows) {
        if (rows instanceof RowSource.InPlace inPlace) {
            return staging.stage(name, inPlace.scan());
        }
        return rows instanceof RowSource.Parallel streams
                ? batches.stage(name, streams)
                : batches.stage(name, (RowSource.Streamed) rows);
    }

    @Override
    public Relation stream(RowSource.Parallel rows) {
        return batches.stream(rows);
    }

    @Override
    public Relation within(Relation rows, KeyRange range) {
        return ExtractedRows.within(rows, range);
    }

    @Override
    public Relation markDeletes(Relation rows, String condition) {
        return ExtractedRows.markDeletes(rows, condition);
    }

    @Override
    public long nulls(Relation rows, String column) {
        return sql.number(
                "SELECT count(*) FROM " + Relations.from(rows) + " WHERE " + DuckSql.name(column) + " IS NULL");
    }

    @Override
    public Relation apply(Relation input, List<Operation> operations) {
        return compiler.compile(input, operations, new CompileContext(sql, datasets, values));
    }

    @Override
    public Relation mark(Relation input, List<Check> rowChecks) {
        return new RejectMarker(sql, values).mark(input, rowChecks, datasets);
    }

    @Override
    public Relation accepted(Relation marked) {
        return compiler.accepted(marked);
    }

    @Override
    public Relation rejected(Relation marked, String stage, Relation origin) {
        return compiler.rejected(marked, stage, origin);
    }

    @Override
    public Relation materialise(String name, Relation relation) {
        return work.keep(name, relation);
    }

    @Override
    public Relation union(List<Relation> relations) {
        return Relations.union(relations);
    }

    @Override
    public long count(Relation relation) {
        return sql.number("SELECT count(*) FROM " + Relations.from(relation));
    }

    @Override
    public @Nullable String max(Relation relation, String column) {
        DataType type = relation.schema()
                .field(column)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot find the largest " + column + ": no such column (columns: " + relation.schema() + ")"))
                .type();
        String largest = "max(" + DuckSql.name(column) + ")";
        return sql.query(
                        "SELECT " + Relations.canonicalText(largest, type) + " FROM " + Relations.from(relation),
                        row -> row.getString(1))
                .get(0);
    }

    @Override
    public BatchReader read(Relation relation) {
        return batches.read(relation);
    }

    @Override
    public Relation load(String name, BatchReader rows) {
        return batches.load(name, rows);
    }

    @Override
    public Merge merge(FileTable table, LoadRequest request) {
        return new FileMerge(sql, work, table, request).run();
    }

    @Override
    public List<WrittenFile> writeParquet(ParquetWrite write) {
        return new ParquetWriter(sql, work).write(write);
    }

    @Override
    public void bind(DatasetName name, Relation relation) {
        datasets.bind(name, relation);
    }

    @Override
    public void values(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public List<CheckResult> check(CheckScope scope, List<Check> checks) {
        return new CheckRunner(values).run(sql, scope, checks, datasets);
    }

    @Override
    public List<String> checkStatements(CheckScope scope, List<Check> checks) {
        return new CheckRunner(values).plan(sql, scope, checks, datasets).described();
    }

    @Override
    public Schema describe(String select) {
        return query(select).schema();
    }

    @Override
    public Relation query(String select) {
        return relation(typed(DatasetSql.resolve(sql, select, datasets)));
    }

    /** A bare NULL has no type: people who ask for one see it as text. */
    private String typed(String select) {
        List<String> untyped = sql
                .query("DESCRIBE " + select, row -> row.getString(2).equals("\"NULL\"") ? row.getString(1) : "")
                .stream()
                .filter(name -> !name.isEmpty())
                .toList();
        if (untyped.isEmpty()) {
            return select;
        }
        String casts = untyped.stream()
                .map(DuckSql::name)
                .map(name -> "CAST(" + name + " AS VARCHAR) AS " + name)
                .collect(Collectors.joining(", "));
        return "SELECT * REPLACE (" + casts + ")\nFROM (\n" + select + "\n) AS answer";
    }

    /** A relation over SQL of our own, with the columns that the engine finds in it. */
    public Relation relation(String select) {
        Schema all = sql.describe(select);
        List<String> hidden = all.names().stream().filter(HiddenNames::isHidden).toList();
        return new Relation(
                select,
                new Schema(all.fields().stream()
                        .filter(field -> !HiddenNames.isHidden(field.name()))
                        .toList()),
                hidden);
    }

    @Override
    public WorkProgress progress() {
        return sql.meter().progress();
    }

    /** True when the engine itself read the delimited files staged last. */
    boolean wasReadInPlace() {
        return !staging.readCarefully();
    }

    /** True while a statement that a cancellation would interrupt is under way. */
    boolean isRunning() {
        return sql.isRunning();
    }

    @Override
    public void close() {
        try {
            batches.close();
            sql.abandonTransaction();
            attached.forEach(attachments::detach);
            attached.clear();
            work.close();
        } finally {
            sql.close();
        }
    }
}
