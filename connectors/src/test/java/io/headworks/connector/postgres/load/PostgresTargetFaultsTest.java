package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.testkit.servers.TcpProxy;
import io.headworks.testkit.servers.TcpProxy.Fault;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may befall a target in the middle of a load: afterwards the rows are there with their ledger row, or neither is. */
final class PostgresTargetFaultsTest {
    private static final String ROWS = "SELECT range AS id FROM range(1000)";

    @TempDir
    Path folder;

    private TestDatabase database;
    private TcpProxy proxy;
    private PostgresLab lab;

    @BeforeEach
    void open() throws IOException {
        open(TestPostgres.shared());
        database.run("CREATE TABLE orders (id bigint, _hw_run bigint, _hw_loaded_at timestamptz)");
    }

    private void open(TestPostgres server) throws IOException {
        database = server.newDatabase();
        proxy = new TcpProxy(server.port());
        lab = lab(proxy.port(), database.user(), database.password());
    }

    private PostgresLab lab(int port, String user, String password) throws IOException {
        return new PostgresLab(
                PostgresLab.settings(database.host(), port, database, user, password, folder),
                folder.resolve(user + port),
                true);
    }

    @AfterEach
    void close() {
        lab.close();
        proxy.close();
        database.close();
    }

    @Test
    void twoRunsThatMakeOurTablesAtOnceWaitForEachOther() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(PostgresSpelling.lockSchema("headworks"));
            statement.execute("CREATE SCHEMA headworks");
            CompletableFuture<Long> fence =
                    CompletableFuture.supplyAsync(() -> lab.fence(1).number());
            while (!fence.isDone()
                    && database.texts("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals(List.of("0"))) {
                Thread.sleep(10);
            }
            other.commit();

            assertThat(fence.get(1, TimeUnit.MINUTES)).isEqualTo(1);
        }
    }

    private String stored() {
        return database.texts("SELECT count(*) FROM orders").get(0);
    }

    private static void assertKind(FailureKind kind, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind())
                                .as(failed.getMessage())
                                .isEqualTo(kind));
    }

    /** A load whose COMMIT is not answered; {@code fault} comes before it is sent. */
    private void loadUntilCommit(int number, Runnable fault) {
        assertThat(isAnswered(number, fault)).isFalse();
    }

    private boolean isAnswered(int number, Runnable fault) {
        Fence fence = lab.fence(number);
        Relation batch = lab.batch(ROWS);
        Load append = lab.load(Strategy.APPEND, List.of(), null);
        LoadTransaction transaction = lab.target.begin(fence, PostgresLab.ORDERS);
        LoadCounts counts = lab.apply(transaction, number, append, batch, null);
        transaction.record(PostgresLab.row(number, fence, counts));
        fault.run();
        try {
            transaction.commit();
            return true;
        } catch (HeadworksException failed) {
            assertThat(failed.kind()).as(failed.getMessage()).isEqualTo(FailureKind.TARGET_UNREACHABLE);
            return false;
        }
    }

    private boolean isCommitted(int number) {
        return lab.target.committed(PostgresLab.KEY, "run" + number, 1).isPresent();
    }

    @Test
    void theAnswerToACommitIsLost() {
        loadUntilCommit(1, () -> proxy.arm(Fault.RESET, 0));
        assertThat(isCommitted(1)).as("the server had done it").isTrue();
        assertThat(stored()).isEqualTo("1000");
    }

    @Test
    void theCommitItselfIsLost() {
        loadUntilCommit(
                1,
                () -> database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + database.name() + "' AND pid <> pg_backend_pid()"));
        assertThat(isCommitted(1)).isFalse();
        assertThat(stored()).isEqualTo("0");
        assertThat(lab.run(2, Strategy.APPEND, List.of(), ROWS).inserted()).isEqualTo(1000);
    }

    /** A deferred trigger keeps the server at work on COMMIT; nobody may read the ledger before it has ended. */
    private void slowCommits(double seconds) {
        database.run(
                "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS" + " 'BEGIN PERFORM pg_sleep(" + seconds
                        + "); RETURN NULL; END'",
                "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                        + " WHEN (NEW.id = 0) EXECUTE FUNCTION slow()");
    }

    private static void later(long millis, Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            work.run();
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void aCommitUnderWayIsWaitedFor() {
        slowCommits(20);
        loadUntilCommit(1, () -> later(300, proxy::cut));
        boolean committed = isCommitted(1);
        assertThat(stored()).isEqualTo(committed ? "1000" : "0");
        assertThat(database.texts("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database.name()
                        + "' AND query ILIKE 'COMMIT%' AND state = 'active'"))
                .as("nobody works on it any more")
                .containsExactly("0");
    }

    @Test
    @Tag("slow")
    void fiftyLostAnswersLeaveRowsAndLedgerAtOne() {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        slowCommits(0.02);
        int committed = 0;
        int unanswered = 0;
        for (int number = 1; number <= 50; number++) {
            long millis = random.nextInt(45);
            CompletableFuture<Void> cut = new CompletableFuture<>();
            boolean answered = isAnswered(
                    number,
                    () -> later(millis, () -> {
                        proxy.cut();
                        cut.complete(null);
                    }));
            cut.join();
            boolean there = answered ? isCommittedAfterAll(number) : isCommitted(number);
            assertThat(there || !answered)
                    .as("seed " + seed + ", load " + number)
                    .isTrue();
            unanswered += answered ? 0 : 1;
            committed += there ? 1 : 0;
            assertThat(stored()).as("seed " + seed + ", load " + number).isEqualTo("" + 1000 * committed);
        }
        assertThat(unanswered).as("seed " + seed).isPositive();
    }

    /** The session is broken, and nobody has noticed yet. */
    private boolean isCommittedAfterAll(int number) {
        assertKind(FailureKind.TARGET_UNREACHABLE, () -> isCommitted(number));
        return isCommitted(number);
    }

    @Test
    void aServerThatRestartsKeepsNothingOfALoadUnderWay() throws IOException {
        close();
        try (TestPostgres own = TestPostgres.start()) {
            open(own);
            database.run("CREATE TABLE orders (id bigint, _hw_run bigint, _hw_loaded_at timestamptz)");
            loadUntilCommit(1, () -> {
                own.stop();
                own.restart();
            });
            assertThat(isCommitted(1)).isFalse();
            assertThat(lab.run(2, Strategy.APPEND, List.of(), ROWS).inserted()).isEqualTo(1000);
            assertThat(stored()).isEqualTo("1000");
            close();
        }
        open();
    }

    @Test
    void whoMayNotIsToldWhatToGrant() throws IOException {
        String user = "loader_" + database.name();
        database.run("CREATE ROLE " + user + " LOGIN PASSWORD 'x'");
        try (PostgresLab loader = lab(proxy.port(), user, "x")) {
            assertThatThrownBy(() -> loader.fence(1))
                    .isInstanceOfSatisfying(HeadworksException.class, failed -> {
                        assertThat(failed.kind()).isEqualTo(FailureKind.PROJECT);
                        assertThat(failed.hint()).contains("hw setup --print-sql");
                    })
                    .hasMessageContaining("permission denied for database");
            lab.fence(1);
            database.run(
                    "GRANT USAGE ON SCHEMA headworks TO " + user,
                    "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA headworks TO " + user);
            assertThatThrownBy(() -> loader.run(2, Strategy.APPEND, List.of(), ROWS))
                    .hasMessageContaining("permission denied for table orders");
            database.run("GRANT SELECT, INSERT ON orders TO " + user);
            assertThat(loader.run(3, Strategy.APPEND, List.of(), ROWS).inserted())
                    .isEqualTo(1000);
            assertThatThrownBy(() -> loader.target
                            .begin(loader.fence(4), PostgresLab.ORDERS)
                            .change(List.of(new SchemaChange.AddColumn(new Field("more", DataType.TEXT)))))
                    .hasMessageContaining("must be owner of table orders");
        }
        database.run("DROP OWNED BY " + user, "DROP ROLE " + user);
    }

    /** As on a full disk: what is sorted for an index finds no room. */
    @Test
    void noRoomIsAMatterOfResourcesAndLeavesNothing() throws IOException {
        String user = "loader_" + database.name();
        database.run(
                "DROP TABLE orders",
                "CREATE ROLE " + user + " LOGIN PASSWORD 'x'",
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + user,
                "GRANT CREATE ON SCHEMA public TO " + user,
                "ALTER ROLE " + user + " SET maintenance_work_mem = '1MB'",
                "ALTER ROLE " + user + " SET max_parallel_maintenance_workers = 0",
                "ALTER ROLE " + user + " SET temp_file_limit = '100kB'");
        try (PostgresLab loader = lab(proxy.port(), user, "x")) {
            assertKind(
                    FailureKind.RESOURCES,
                    () -> loader.run(1, Strategy.UPSERT, List.of("id"), "SELECT range AS id FROM range(200000)"));
            assertThat(loader.target.committed(PostgresLab.KEY, "run1", 1)).isEmpty();
        }
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname = 'orders'"))
                .isEmpty();
        database.run("DROP OWNED BY " + user, "DROP ROLE " + user);
    }

    @Test
    @Tag("slow")
    void somebodyElsesLockIsNotWaitedForForEver() throws SQLException {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE orders IN ROW EXCLUSIVE MODE");
            assertKind(FailureKind.HELD, () -> lab.run(1, Strategy.TRUNCATE_RELOAD, List.of(), ROWS));
            other.rollback();
        }
        assertThat(lab.run(2, Strategy.TRUNCATE_RELOAD, List.of(), ROWS).inserted())
                .isEqualTo(1000);
    }

    /** A process that slept through its own replacement changes nothing when it wakes up. */
    @Test
    void whoWasReplacedChangesNothing() throws IOException {
        Fence old = lab.fence(1);
        try (PostgresLab other = lab(TestPostgres.shared().port(), database.user(), database.password())) {
            other.run(2, Strategy.APPEND, List.of(), ROWS);
        }
        assertKind(FailureKind.HELD, () -> lab.target.begin(old, PostgresLab.ORDERS));
        assertThat(stored()).isEqualTo("1000");
    }
}
