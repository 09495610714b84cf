package io.headworks.duckdb.engine;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Profiling;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.RowComparison;
import io.headworks.api.engine.Staged;
import io.headworks.api.engine.WorkProgress;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.Corrections;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.history.Observations;
import io.headworks.api.history.UnplacedRows;
import io.headworks.api.load.Load;
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
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.check.CheckRunner;
import io.headworks.duckdb.check.RejectMarker;
import io.headworks.duckdb.compile.CompileContext;
import io.headworks.duckdb.compile.LookupCorrection;
import io.headworks.duckdb.compile.OperationCompiler;
import io.headworks.duckdb.diff.EngineComparison;
import io.headworks.duckdb.history.MemberInference;
import io.headworks.duckdb.history.ObservedBatch;
import io.headworks.duckdb.merge.FileMerge;
import io.headworks.duckdb.profile.EngineProfiling;
import io.headworks.duckdb.scan.ParquetSelect;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import io.headworks.duckdb.stream.Streams;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A run's session: one connection, its work storage, the files it has attached, and what datasets mean in it. */
public final class DuckDbSession implements FileEngine, HistoryEngine {
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
    private int histories;

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
            WorkFiles files,
            String name,
            Path folder,
            Cancellation cancellation) {
        try {
            DuckDBConnection connection = root.duplicate();
            SessionSql sql = new SessionSql(connection, cancellation);
            WorkStorage work = WorkStorage.open(sql, files, name, folder);
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

    @Override
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

    /** Opens a file that no session has open for writing and closes it, so that rows that only its log has are in it. */
    public void settle(Path file, String wanted) {
        attachments.settle(file, wanted);
    }

    public void detach(Path file) {
        if (!attached.remove(file)) {
            throw new IllegalStateException("Cannot detach " + file + ": this session did not attach it");
        }
        attachments.detach(file);
    }

    /** {@link #detach} for a file that the next session is likely to want, and that may stay open till then. */
    public void leave(Path file) {
        if (!attached.remove(file)) {
            throw new IllegalStateException("Cannot leave " + file + ": this session did not attach it");
        }
        attachments.leave(file);
    }

    /** What this session looks up in a file, remembered for others while that is safe; see {@link Attachments#seen}. */
    public Looks looks(Path file) {
        return new Looks(attachments, file);
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
    public Relation absent(Relation keys, Relation among) {
        return work.keep("absent", KeyRows.absent(keys, among));
    }

    @Override
    public Relation among(Relation rows, Relation keys) {
        return KeyRows.among(rows, keys);
    }

    @Override
    public Relation withDeletions(Relation batch, Relation keys) {
        return KeyRows.withDeletions(batch, keys);
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
    public Relation mark(Relation input, List<Check> rowChecks, List<String> personal) {
        return new RejectMarker(sql, values, personal).mark(input, rowChecks, datasets);
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
    public void keep(Path file, Map<String, Relation> relations) {
        String catalog = DuckSql.name(attach(file, "kept", false));
        try {
            sql.inOrder(() -> relations.forEach((name, rows) -> sql.execute("CREATE TABLE " + catalog + ".main."
                    + DuckSql.name(name) + " AS SELECT " + DuckSql.names(Relations.columns(rows)) + " FROM "
                    + Relations.from(rows))));
            sql.execute("CHECKPOINT " + catalog);
        } finally {
            detach(file);
        }
    }

    @Override
    public Relation kept(Path file, String name, Schema schema, List<String> hidden) {
        Relation columns = new Relation("", schema, hidden);
        String table = DuckSql.name(attach(file, "kept", true)) + ".main." + DuckSql.name(name);
        return new Relation("SELECT " + DuckSql.names(Relations.columns(columns)) + " FROM " + table, schema, hidden);
    }

    @Override
    public Relation union(List<Relation> relations) {
        return Relations.union(relations);
    }

    @Override
    public long count(Relation relation) {
        return batches.streamed(relation)
                .orElseGet(() -> sql.number("SELECT count(*) FROM " + Relations.from(relation)));
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
    public BatchReader readUtf8(Relation relation) {
        return batches.readUtf8(relation);
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
    public Observations observe(LoadRequest request, UnplacedRows unplaced) {
        histories++;
        return ObservedBatch.of(sql, "hw_history_" + histories + "_", request, unplaced);
    }

    @Override
    public @Nullable InferredMembers infer(Relation input, Lookup lookup) {
        histories++;
        Load load = datasets.load(lookup.table()).orElse(null);
        Relation table = datasets.find(lookup.table()).orElseThrow();
        MemberInference.Found found =
                MemberInference.of(lookup, input.schema(), table, load).find(sql, "hw_members_" + histories, input);
        datasets.bind(lookup.table(), found.table(), load);
        return found.members();
    }

    @Override
    public Relation unwritten(InferredMembers members, Relation stored) {
        histories++;
        return MemberInference.unwritten(sql, "hw_members_" + histories, members, stored);
    }

    @Override
    public Relation seeking(Lookup lookup, Relation keys) {
        return LookupCorrection.seeking(lookup, keys);
    }

    @Override
    public Corrections correct(
            Relation rows, Load facts, Lookup lookup, Relation versions, Load dimension, Instant since) {
        histories++;
        return new LookupCorrection(rows, facts, lookup, versions, dimension)
                .find(sql, "hw_corrections_" + histories, rows, since);
    }

    @Override
    public List<WrittenFile> writeParquet(ParquetWrite write) {
        return new ParquetWriter(sql, work).write(write);
    }

    @Override
    public void bind(DatasetName name, Relation relation) {
        bind(name, relation, null);
    }

    @Override
    public void bind(DatasetName name, Relation relation, @Nullable Load load) {
        datasets.bind(name, relation, load);
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
    public Optional<Relation> failing(CheckScope scope, Check check) {
        return new CheckRunner(values).failing(sql, scope, check, datasets);
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
        return selects().query(select);
    }

    @Override
    public Relation select(String file, String text) {
        return selects().ofFile(file, text);
    }

    /** A relation over SQL of our own, with the columns that the engine finds in it. */
    public Relation relation(String select) {
        return selects().relation(select);
    }

    private Selects selects() {
        return new Selects(sql, datasets, values);
    }

    @Override
    public RowComparison comparison() {
        return new EngineComparison(sql, work::fresh);
    }

    @Override
    public Profiling profiling() {
        return new EngineProfiling(sql, work::fresh);
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
