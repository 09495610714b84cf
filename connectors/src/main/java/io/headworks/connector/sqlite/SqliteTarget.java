package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A SQLite file to load into, open for a run. Taking a fence locks the file for writers of ours until it is closed. */
final class SqliteTarget implements Target {
    private final TargetFile file;
    private final EngineSession engine;

    SqliteTarget(Path path, EngineSession engine) {
        this.file = new TargetFile(path);
        this.engine = engine;
    }

    @Override
    public TargetAbilities abilities() {
        return new TargetAbilities(
                List.of(
                        Strategy.APPEND,
                        Strategy.UPSERT,
                        Strategy.MERGE,
                        Strategy.TRUNCATE_RELOAD,
                        Strategy.PARTITION_SWAP,
                        Strategy.SOFT_DELETE),
                false,
                true,
                true,
                List.of(
                        "Decimals are kept as text with all digits: SQLite's own SQL compares and adds them only after a"
                                + " cast, as doubles.",
                        "Other writers of the file wait while the load's transaction is open; readers see the old rows"
                                + " until it commits."));
    }

    @Override
    public TargetState observe(LedgerKey key, TableName table) {
        return file.toRead("look at " + table)
                .map(sql -> {
                    Ledger ledger = new Ledger(sql);
                    LedgerRow last = ledger.lastLive(key).orElse(null);
                    long lastRun = ledger.lastRunNumber(key.dataset());
                    return TargetTable.find(sql, table)
                            .map(found -> new TargetState(
                                    found.schema(),
                                    sql.number("SELECT count(*) FROM " + found.sql()),
                                    last,
                                    lastRun,
                                    found.primaryKey()))
                            .orElseGet(() -> new TargetState(null, null, last, lastRun, List.of()));
                })
                .orElseGet(() -> new TargetState(null, null, null, 0, List.of()));
    }

    @Override
    public Fence takeFence(LedgerKey key, TableName table, String runId, Instant now) {
        SqliteSql.table(table);
        LoadStatements sql = file.toWrite("take the fence of " + table);
        sql.execute("BEGIN IMMEDIATE");
        try {
            OwnTables.ddl().forEach(sql::execute);
            sql.update(
                    "INSERT INTO " + OwnTables.FENCE + " (dataset, number, run_id, taken_at) VALUES (?, 1, ?, ?)"
                            + " ON CONFLICT (dataset) DO UPDATE SET number = number + 1, run_id = excluded.run_id,"
                            + " taken_at = excluded.taken_at",
                    key.dataset(),
                    runId,
                    OwnTables.instant(now));
            long number = sql.number("SELECT number FROM " + OwnTables.FENCE + " WHERE dataset = ?", key.dataset());
            sql.execute("COMMIT");
            return new Fence(key.dataset(), number, runId, now);
        } catch (RuntimeException failed) {
            sql.execute("ROLLBACK");
            throw failed;
        }
    }

    @Override
    public LoadTransaction begin(Fence fence, TableName table) {
        return SqliteLoad.begin(file.toWrite("load into " + table), engine, fence, table);
    }

    @Override
    public Optional<LedgerRow> committed(LedgerKey key, String runId, int epoch) {
        return file.toRead("read the ledger").flatMap(sql -> new Ledger(sql).row(key, runId, epoch));
    }

    @Override
    public List<LedgerRow> ledger(String projectId, String environment) {
        return file.toRead("read the ledger")
                .map(sql -> new Ledger(sql).of(projectId, environment))
                .orElse(List.of());
    }

    @Override
    public List<DeadLetter> deadLetters(String pipeline, boolean resolvedToo, int limit) {
        return file.toRead("read the dead letters")
                .map(sql -> new DeadLetters(sql).list(pipeline, resolvedToo, limit))
                .orElse(List.of());
    }

    @Override
    public Relation read(TableName table) {
        return file.toRead("read " + table)
                .flatMap(sql -> TargetTable.find(sql, table)
                        .map(found -> TableRows.load(sql, engine, found, found.sql() + " AS t")))
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read " + table + ": no such table in " + file.path() + " (tables: "
                                + String.join(
                                        ", ",
                                        tables().stream()
                                                .map(TableName::toString)
                                                .toList()) + ")"));
    }

    @Override
    public List<TableName> tables() {
        return file.toRead("list the tables of " + file.path())
                .map(sql -> SqliteErrors.translate(
                        "list the tables of " + file.path(),
                        FailureKind.TARGET_UNREACHABLE,
                        () -> new SqliteCatalog(sql.connection()).tables()))
                .orElse(List.of());
    }

    @Override
    public List<String> setupSql() {
        return OwnTables.ddl();
    }

    @Override
    public void close() {
        file.close();
    }
}
