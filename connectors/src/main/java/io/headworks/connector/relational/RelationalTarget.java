package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.api.name.StoredName;
import io.headworks.api.source.Frames;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.target.TargetState;
import io.headworks.api.target.WrittenDataset;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database to load into, open for a run. */
public final class RelationalTarget implements Target {
    private static final List<Strategy> STRATEGIES = List.of(
            Strategy.APPEND,
            Strategy.UPSERT,
            Strategy.MERGE,
            Strategy.TRUNCATE_RELOAD,
            Strategy.PARTITION_SWAP,
            Strategy.SOFT_DELETE);

    private final TargetSession session;
    private final EngineSession engine;
    private final Spelling spelling;
    private final List<String> limits;

    /** @param limits sentences for {@code hw plan}; see {@link TargetAbilities} */
    public RelationalTarget(TargetSession session, EngineSession engine, Spelling spelling, List<String> limits) {
        this.session = session;
        this.spelling = spelling;
        this.engine = engine;
        this.limits = List.copyOf(limits);
    }

    @Override
    public TargetAbilities abilities() {
        return new TargetAbilities(STRATEGIES, false, true, true, true, spelling.names(), true, limits);
    }

    @Override
    public TargetState observe(LedgerKey key, TableName table) {
        return session.toRead("look at " + table)
                .map(sql -> {
                    Ledger ledger = new Ledger(sql);
                    // before all else: whoever commits after this has its number, and what is seen below cannot be
                    // committed on
                    long lastRun = ledger.lastRunNumber(key.dataset());
                    LedgerRow last = ledger.lastLive(key).orElse(null);
                    List<StoredName> names = ColumnNames.of(sql, table).names();
                    return sql.database()
                            .find(sql, table)
                            .map(found -> new TargetState(
                                    found.written(),
                                    sql.database().rows(sql, found),
                                    last,
                                    lastRun,
                                    found.primaryKey(),
                                    sql.database().replacing(sql, found),
                                    sql.database().replacingPart(sql, found),
                                    names))
                            .orElseGet(() -> new TargetState(null, null, last, lastRun, List.of(), null, null, names));
                })
                .orElseGet(() -> new TargetState(null, null, null, 0, List.of()));
    }

    @Override
    public @Nullable String refusal(Frames frames, Schema columns, Load load) {
        Optional<Statements> found = session.toRead("look at " + load.table());
        return found.isEmpty() ? "" : found.get().database().refusal(found.get(), frames, columns, load);
    }

    @Override
    public Fence takeFence(LedgerKey key, TableName table, String runId, Instant now) {
        Statements sql = session.toWrite("take the fence of " + table);
        sql.spelling().table(table);
        begin(sql);
        try {
            createOwnTables(sql);
            long number = raise(sql, key.dataset(), runId, now);
            sql.database().commit(sql);
            return new Fence(key.dataset(), number, runId, now);
        } catch (RuntimeException failed) {
            rollBack(sql, failed);
            throw failed;
        }
    }

    /** Where changes of tables commit, our tables are there before the transaction begins. */
    private static void begin(Statements sql) {
        if (sql.database().changesCommit()) {
            createOwnTables(sql);
        }
        sql.database().begin(sql);
    }

    /** Nothing is tried where all is there: a user who may only write rows may not create. */
    private static void createOwnTables(Statements sql) {
        OwnTables.missing(sql).forEach(sql::execute);
    }

    private static long raise(Statements sql, String dataset, String runId, Instant now) {
        String fence = sql.spelling().own(LedgerTables.FENCE);
        String number = sql.spelling().ownColumn("number");
        Object at = sql.database().parameter(now);
        long raised = sql.update(
                "UPDATE " + fence + " SET " + number + " = " + number
                        + " + 1, run_id = ?, taken_at = ? WHERE dataset = ?",
                runId,
                at,
                dataset);
        if (raised == 0) {
            sql.update(
                    "INSERT INTO " + fence + " (dataset, " + number + ", run_id, taken_at) VALUES (?, 1, ?, ?)",
                    dataset,
                    runId,
                    at);
        }
        return sql.number("SELECT " + number + " FROM " + fence + " WHERE dataset = ?", dataset);
    }

    private static void rollBack(Statements sql, RuntimeException failed) {
        try {
            sql.database().rollBack(sql);
        } catch (HeadworksException lost) {
            failed.addSuppressed(lost);
        }
    }

    @Override
    public LoadTransaction begin(Fence fence, TableName table) {
        return RelationalLoad.begin(session.toWrite("load into " + table), engine, fence, table);
    }

    @Override
    public Optional<LedgerRow> committed(LedgerKey key, String runId, int epoch) {
        return session.toRead("read the ledger").flatMap(sql -> new Ledger(sql).row(key, runId, epoch));
    }

    @Override
    public List<LedgerRow> ledger(String projectId, String environment) {
        return session.toRead("read the ledger")
                .map(sql -> new Ledger(sql).of(projectId, environment))
                .orElse(List.of());
    }

    @Override
    public List<DeadLetter> deadLetters(LedgerKey of, boolean resolvedToo, int limit) {
        return session.toRead("read the dead letters")
                .map(sql -> new DeadLetters(sql).list(of, resolvedToo, limit))
                .orElse(List.of());
    }

    @Override
    public boolean expires() {
        return true;
    }

    @Override
    public long expireDeadLetters(LedgerKey of, Instant before) {
        Statements sql = session.toWrite("remove dead letters of " + of.pipeline());
        sql.database().begin(sql);
        try {
            long removed = new DeadLetters(sql).expire(of, before);
            sql.database().commit(sql);
            return removed;
        } catch (RuntimeException failed) {
            rollBack(sql, failed);
            throw failed;
        }
    }

    @Override
    public Relation read(TableName table) {
        return session.toRead("read " + table)
                .flatMap(sql -> sql.database()
                        .find(sql, table)
                        .map(found -> sql.database().read(sql, engine, found, found.sql() + " AS t")))
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read " + table + ": no such table in " + session.place() + " (tables: "
                                + String.join(
                                        ", ",
                                        tables().stream()
                                                .map(TableName::toString)
                                                .toList()) + ")"));
    }

    @Override
    public Relation keys(TableName table, List<String> columns, @Nullable String mark) {
        return session.toRead("read the keys of " + table)
                .flatMap(sql -> sql.database().find(sql, table).map(found -> {
                    TargetTable keys = found.only(columns);
                    keys.refuseCollated();
                    return sql.database()
                            .keys(
                                    sql,
                                    engine,
                                    keys,
                                    mark == null ? null : found.column(mark).orElse(null));
                }))
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.INTERNAL, "Cannot read the keys of " + table + ": no such table"));
    }

    @Override
    public void execute(String statement) {
        Statements sql = session.toWrite("run load.after");
        sql.database().begin(sql);
        try {
            sql.execute(statement);
            sql.database().commit(sql);
        } catch (RuntimeException failed) {
            rollBack(sql, failed);
            throw failed;
        }
    }

    @Override
    public List<TableName> tables() {
        return session.toRead("list the tables of " + session.place())
                .map(sql -> sql.database().tables(sql))
                .orElse(List.of());
    }

    @Override
    public List<String> setupSql() {
        return OwnTables.ddl(spelling);
    }

    @Override
    public List<String> grantsSql(List<Load> loads) {
        return session.grants(loads);
    }

    @Override
    public void setUp() {
        Statements sql = session.toWrite("set it up");
        begin(sql);
        try {
            createOwnTables(sql);
            OwnTables.names(sql).forEach(sql::execute);
            sql.database().commit(sql);
        } catch (RuntimeException failed) {
            rollBack(sql, failed);
            throw failed;
        }
    }

    @Override
    public boolean forgets() {
        return true;
    }

    @Override
    public void forget(String projectId, String environment, List<WrittenDataset> written) {
        Statements sql = session.toWrite("drop environment " + environment);
        Forgetting forgetting = new Forgetting(sql, projectId, environment);
        sql.database().begin(sql);
        try {
            forgetting.run(written);
            sql.database().commit(sql);
        } catch (RuntimeException failed) {
            rollBack(sql, failed);
            throw failed;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
