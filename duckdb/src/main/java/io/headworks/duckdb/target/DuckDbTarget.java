package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.name.StoredName;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.target.TargetState;
import io.headworks.api.target.WrittenDataset;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.load.LoadedTable;
import io.headworks.duckdb.load.TableShape;
import io.headworks.duckdb.sql.SqlRunner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A DuckDB file as a target, attached to the run's session. */
public final class DuckDbTarget implements Target {
    private static final TargetAbilities ABILITIES = new TargetAbilities(
            List.of(
                    Strategy.APPEND,
                    Strategy.UPSERT,
                    Strategy.MERGE,
                    Strategy.TRUNCATE_RELOAD,
                    Strategy.PARTITION_SWAP,
                    Strategy.SOFT_DELETE,
                    Strategy.VIEW),
            true,
            true,
            true,
            true,
            true,
            List.of("one process at a time has the file; others wait, also to read"));

    private final TargetFile file;

    private DuckDbTarget(TargetFile file) {
        this.file = file;
    }

    /**
     * A target over a file that need not exist yet; nothing is opened before it is looked at.
     *
     * @param wantedName the catalog name under which SQL reaches the file, when it is free
     */
    public static DuckDbTarget open(DuckDbSession session, Path file, String wantedName) {
        return new DuckDbTarget(new TargetFile(session, file, wantedName));
    }

    @Override
    public TargetAbilities abilities() {
        return ABILITIES;
    }

    private TableCatalog tables(String catalog) {
        return new TableCatalog(file.sql(), catalog, file.looks());
    }

    @Override
    public TargetState observe(LedgerKey key, TableName table) {
        String catalog = file.toRead();
        if (catalog == null) {
            return new TargetState(null, null, null, 0, List.of());
        }
        OwnTables own = new OwnTables(file.sql(), catalog, file.looks());
        Ledger ledger = new Ledger(file.sql(), own, file.looks());
        // before all else: whoever commits after this has its number, and what is seen below cannot be committed on
        long lastRun = ledger.lastRunNumber(key.dataset());
        @Nullable LedgerRow last = ledger.lastLive(key).orElse(null);
        TableCatalog tables = tables(catalog);
        if (tables.hasView(table)) {
            return TargetState.ofView(columnsOf(tables, table), last, lastRun);
        }
        List<StoredName> names = new KeptNames(file.sql(), own, table).all();
        @Nullable TableShape shape = tables.shape(table).orElse(null);
        if (shape == null) {
            return new TargetState(null, null, last, lastRun, List.of(), null, null, names);
        }
        long rows = file.sql().number("SELECT count(*) FROM " + shape.sql());
        return new TargetState(shape.schema(), rows, last, lastRun, shape.primaryKey(), null, null, names);
    }

    /** None where the view can no more be read, since a table of its own is another by now: it will be defined anew. */
    private static Schema columnsOf(TableCatalog tables, TableName view) {
        try {
            return tables.view(view).map(Relation::schema).orElse(Schema.EMPTY);
        } catch (HeadworksException unreadable) {
            return Schema.EMPTY;
        }
    }

    @Override
    public Fence takeFence(LedgerKey key, TableName table, String runId, Instant now) {
        return new Fences(file.sql(), file.toWrite()).take(key.dataset(), runId, now);
    }

    @Override
    public LoadTransaction begin(Fence fence, TableName table) {
        return DuckDbTransaction.begin(file.sql(), file.written(), fence, table);
    }

    @Override
    public Optional<LedgerRow> committed(LedgerKey key, String runId, int epoch) {
        String catalog = file.toRead();
        return catalog == null ? Optional.empty() : new Ledger(file.sql(), catalog).row(key, runId, epoch);
    }

    @Override
    public OptionalLong alreadyThere(LoadRequest batch) {
        String catalog = file.toRead();
        return Optional.ofNullable(catalog)
                .flatMap(present -> tables(present).shape(batch.load().table()))
                .map(shape -> OptionalLong.of(file.sql().number(LoadedTable.alreadyThere(shape, batch))))
                .orElse(OptionalLong.empty());
    }

    @Override
    public List<LedgerRow> ledger(String projectId, String environment) {
        String catalog = file.toRead();
        return catalog == null ? List.of() : new Ledger(file.sql(), catalog).of(projectId, environment);
    }

    @Override
    public List<DeadLetter> deadLetters(LedgerKey of, boolean resolvedToo, int limit) {
        String catalog = file.toRead();
        return catalog == null ? List.of() : new DeadLetters(file.sql(), catalog).list(of, resolvedToo, limit);
    }

    @Override
    public boolean expires() {
        return true;
    }

    @Override
    public long expireDeadLetters(LedgerKey of, Instant before) {
        return file.toRead() == null ? 0 : new DeadLetters(file.sql(), file.toWrite()).expire(of, before);
    }

    @Override
    public Relation read(TableName table) {
        String catalog = file.toRead();
        return Optional.ofNullable(catalog)
                .map(present -> tables(present))
                .flatMap(tables ->
                        tables.view(table).or(() -> tables.shape(table).map(LoadedTable::rows)))
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read " + table + " in " + file.path() + ": no such table (tables: " + tables() + ")"));
    }

    @Override
    public Relation keys(TableName table, List<String> columns, @Nullable String mark) {
        String catalog = file.toRead();
        TableShape shape = Optional.ofNullable(catalog)
                .flatMap(present -> tables(present).shape(table))
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.INTERNAL, "Cannot read the keys of " + table + ": no such table"));
        if (shape.collated()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot compare the keys of " + table + ": a column of it compares text by a COLLATE rule (allowed:"
                            + " tables that compare text as it is)",
                    "load into a table without COLLATE, or take extract.deletes.scan out");
        }
        return LoadedTable.keys(shape, columns, mark);
    }

    @Override
    public void execute(String statement) {
        SqlRunner sql = file.sql();
        UserStatement user = new UserStatement(file.toWrite());
        sql.execute("BEGIN TRANSACTION");
        try {
            user.run(sql, statement);
            sql.execute("COMMIT");
        } catch (RuntimeException failed) {
            rollBack(sql, failed);
            user.restore(sql);
            throw failed;
        }
    }

    private static void rollBack(SqlRunner sql, RuntimeException cause) {
        try {
            sql.execute("ROLLBACK");
        } catch (RuntimeException ended) {
            // a COMMIT of the user's own has ended it
            cause.addSuppressed(ended);
        }
    }

    @Override
    public List<TableName> tables() {
        String catalog = file.toRead();
        return catalog == null ? List.of() : tables(catalog).userTables();
    }

    @Override
    public List<String> setupSql() {
        return OwnTables.ddl();
    }

    @Override
    public void setUp() {
        OwnTables own = new OwnTables(file.sql(), file.toWrite());
        file.sql().execute("BEGIN TRANSACTION");
        own.createAll();
        file.sql().execute("COMMIT");
    }

    @Override
    public boolean forgets() {
        return true;
    }

    @Override
    public void forget(String projectId, String environment, List<WrittenDataset> written) {
        SqlRunner sql = file.sql();
        Forgetting forgetting = new Forgetting(sql, file.toWrite(), projectId, environment);
        sql.execute("BEGIN TRANSACTION");
        try {
            forgetting.run(written);
            sql.execute("COMMIT");
        } catch (RuntimeException failed) {
            rollBack(sql, failed);
            throw failed;
        }
        forgetting.requireGone();
    }

    @Override
    public void close() {
        file.close();
    }
}
