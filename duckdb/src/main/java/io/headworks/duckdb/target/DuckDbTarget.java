package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.target.TargetState;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.load.LoadedTable;
import io.headworks.duckdb.load.TableShape;
import io.headworks.duckdb.sql.SqlRunner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
                    Strategy.SOFT_DELETE),
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

    @Override
    public TargetState observe(LedgerKey key, TableName table) {
        String catalog = file.toRead();
        if (catalog == null) {
            return new TargetState(null, null, null, 0, List.of());
        }
        Ledger ledger = new Ledger(file.sql(), catalog);
        @Nullable LedgerRow last = ledger.lastLive(key).orElse(null);
        long lastRun = ledger.lastRunNumber(key.dataset());
        @Nullable
        TableShape shape = new TableCatalog(file.sql(), catalog).shape(table).orElse(null);
        if (shape == null) {
            return new TargetState(null, null, last, lastRun, List.of());
        }
        long rows = file.sql().number("SELECT count(*) FROM " + shape.sql());
        return new TargetState(shape.schema(), rows, last, lastRun, shape.primaryKey());
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
    public List<LedgerRow> ledger(String projectId, String environment) {
        String catalog = file.toRead();
        return catalog == null ? List.of() : new Ledger(file.sql(), catalog).of(projectId, environment);
    }

    @Override
    public List<DeadLetter> deadLetters(String pipeline, boolean resolvedToo, int limit) {
        String catalog = file.toRead();
        return catalog == null ? List.of() : new DeadLetters(file.sql(), catalog).list(pipeline, resolvedToo, limit);
    }

    @Override
    public Relation read(TableName table) {
        String catalog = file.toRead();
        return Optional.ofNullable(catalog)
                .flatMap(present -> new TableCatalog(file.sql(), present).shape(table))
                .map(LoadedTable::rows)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read " + table + " in " + file.path() + ": no such table (tables: " + tables() + ")"));
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
        return catalog == null ? List.of() : new TableCatalog(file.sql(), catalog).userTables();
    }

    @Override
    public List<String> setupSql() {
        return OwnTables.ddl();
    }

    @Override
    public void setUp() {
        OwnTables own = new OwnTables(file.sql(), file.toWrite());
        file.sql().execute("BEGIN TRANSACTION");
        own.create();
        file.sql().execute("COMMIT");
    }

    @Override
    public void close() {
        file.close();
    }
}
