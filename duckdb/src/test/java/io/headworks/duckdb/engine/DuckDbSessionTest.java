package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.WorkProgress;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSessionTest {
    @TempDir
    Path folder;

    private final Cancellation cancellation = new Cancellation();
    private DuckDbEngine engine;
    private DuckDbSession session;

    @BeforeEach
    void open() throws Exception {
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
        session = session("one", cancellation);
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private DuckDbSession session(String run, Cancellation cancellation) throws Exception {
        return engine.session(run, Files.createDirectories(folder.resolve(run)), cancellation);
    }

    @Test
    void rowsAmongKeysAreThoseOfTheKeysHoweverOftenTheyCome() {
        Relation rows = session.relation(
                "SELECT * FROM (VALUES (1, 'a', 10), (2, 'a', 20), (1, 'b', 30), (NULL, 'a', 40)) AS t(\"I d\", k, v)");
        Relation keys =
                session.relation("SELECT * FROM (VALUES ('a', 1), ('a', 1), ('a', NULL), ('c', 2)) AS t(k, \"I d\")");

        Relation among = session.among(rows, keys);

        assertThat(among.schema()).isEqualTo(rows.schema());
        assertThat(session.count(among)).isEqualTo(2);
        assertThat(session.max(among, "v")).isEqualTo("40");
    }

    @Nested
    class Storage {
        @Test
        void keepsRowsOfARelationAndDropsThemWithTheSession() throws Exception {
            DuckDbSession other = session("two", new Cancellation());
            Relation kept = other.materialise("numbers", other.relation("SELECT range AS n FROM range(5)"));
            assertThat(other.count(kept)).isEqualTo(5);
            String tables = "SELECT count(*) FROM duckdb_tables() WHERE starts_with(table_name, 'numbers_')";
            assertThat(session.sql().number(tables)).isEqualTo(1);
            other.close();
            assertThat(session.sql().number(tables)).isZero();
            assertThat(folder.resolve("two")).isEmptyDirectory();
        }

        @Test
        void keepsTheSameNameTwiceApart() {
            Relation first = session.materialise("a", session.relation("SELECT 1 AS n"));
            Relation second = session.materialise("a", session.relation("SELECT 2 AS n"));
            assertThat(session.max(first, "n")).isEqualTo("1");
            assertThat(session.max(second, "n")).isEqualTo("2");
        }

        @Test
        void answersTheLargestValueAsTextThatReadsBack() {
            Relation times = session.relation("SELECT TIMESTAMPTZ '2026-01-31 23:59:59.123456+02' AS zoned,"
                    + " TIMESTAMP '2026-01-31 23:59:59' AS naive, DATE '2026-01-31' AS day, NULL::BIGINT AS nothing,"
                    + " 12345678901234567890.50::DECIMAL(38,2) AS amount");
            assertThat(session.max(times, "zoned")).isEqualTo("2026-01-31T21:59:59.123456Z");
            assertThat(session.max(times, "naive")).isEqualTo("2026-01-31T23:59:59");
            assertThat(session.max(times, "day")).isEqualTo("2026-01-31");
            assertThat(session.max(times, "amount")).isEqualTo("12345678901234567890.50");
            assertThat(session.max(times, "nothing")).isNull();
        }

        @Test
        void refusesAUnionOfDifferentColumns() {
            assertThatThrownBy(() -> session.union(
                            List.of(session.relation("SELECT 1 AS a"), session.relation("SELECT 1 AS b"))))
                    .hasMessage("Cannot put rows together: columns differ (b against a)");
        }
    }

    @Nested
    class Rejects {
        @Test
        void showTheExtractedRowAndWhereItCameFrom() {
            Relation origin =
                    session.relation("SELECT 'x' AS amount, 7 AS id, 1::BIGINT AS _hw_seq, 'in/a.csv:12' AS _hw_source"
                            + " UNION ALL SELECT '1.50', 8, 2, 'in/a.csv:13'");
            Relation marked = session.relation("SELECT try_cast(amount AS DECIMAL(9,2)) AS amount, _hw_seq, CASE WHEN"
                    + " try_cast(amount AS DECIMAL(9,2)) IS NULL THEN 'cast' || chr(9) || 'amount' || chr(9) || 'no\tnumber' END"
                    + " AS _hw_reason FROM (" + origin.sql() + ")");
            assertThat(session.count(session.accepted(marked))).isEqualTo(1);
            Relation rejected = session.rejected(marked, "clean", origin);
            assertThat(rejected.schema()).isEqualTo(RejectColumns.SCHEMA);
            assertThat(session.sql()
                            .query(
                                    "SELECT stage, code, \"rule\", reason, source, line, payload, raw FROM ("
                                            + rejected.sql() + ")",
                                    row -> List.of(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4),
                                            row.getString(5),
                                            row.getLong(6),
                                            row.getString(7),
                                            String.valueOf(row.getString(8)))))
                    .containsExactly(List.of(
                            "clean",
                            "cast",
                            "amount",
                            "no number",
                            "in/a.csv",
                            12L,
                            "{\"amount\":\"x\",\"id\":7}",
                            "null"));
        }
    }

    @Nested
    class Queries {
        @Test
        void readDatasetsByTheirNames() {
            session.bind(
                    DatasetName.parse("warehouse:marts.orders"),
                    session.relation("SELECT 1 AS id, 2 AS customer, 9::BIGINT AS _hw_seq"));
            session.bind(
                    DatasetName.parse("warehouse:dim_customer"),
                    session.relation("SELECT 2 AS customer, 'Żaneta' AS name"));
            Relation found = session.query(
                    "with orders as (select * from marts.orders)"
                            + " select o.*, dim_customer.name, 'ü' as u from orders o join dim_customer using (customer) where name = 'Żaneta'");
            assertThat(found.schema().names()).containsExactly("id", "customer", "name", "u");
            assertThat(session.count(found)).isEqualTo(1);
            assertThat(session.query("from \"warehouse:marts.orders\" t(a, b) select b")
                            .schema()
                            .names())
                    .containsExactly("b");
        }

        @Test
        void meanWhatIsBoundUnderTheNameItself() {
            session.bind(DatasetName.parse("warehouse:t"), session.relation("SELECT 1 AS id"));
            session.bind(DatasetName.parse("other:t"), session.relation("SELECT 2 AS id"));
            session.bind(DatasetName.parse("t"), session.relation("SELECT 3 AS id"));
            assertThat(session.max(session.query("select * from t"), "id")).isEqualTo("3");
            assertThat(session.max(session.query("select * from \"warehouse:t\""), "id"))
                    .isEqualTo("1");
        }

        @Test
        void refuseUnknownAndAmbiguousNames() {
            session.bind(DatasetName.parse("a:t"), session.relation("SELECT 1 AS id"));
            session.bind(DatasetName.parse("b:t"), session.relation("SELECT 1 AS id"));
            assertThatThrownBy(() -> session.query("select * from t"))
                    .hasMessage("Cannot tell which dataset t is: it fits [a:t, b:t]");
            assertThatThrownBy(() -> session.query("select * from nowhere"))
                    .hasMessage("Cannot read dataset nowhere: this run knows none of that name");
            assertThatThrownBy(() -> session.query("select * frm t"))
                    .hasMessageStartingWith("Cannot read SQL: syntax error")
                    .hasMessageContaining("at character");
            assertThatThrownBy(() -> session.query("delete from t"))
                    .hasMessage("Cannot read SQL: only SELECT is allowed here");
        }
    }

    @Nested
    class DatabaseFiles {
        @Test
        void areSharedByTheSessionsOfAProcess() throws Exception {
            Path file = folder.resolve("shop.duckdb");
            DuckDbSession other = session("two", new Cancellation());
            String here = session.attach(file, "shop", false);
            String there = other.attach(folder.resolve("./shop.duckdb"), "other_name", true);
            assertThat(there).isEqualTo(here).isEqualTo("shop");
            session.sql().execute("CREATE TABLE shop.main.t AS SELECT 1 AS n");
            session.detach(file);
            assertThat(other.sql().number("SELECT n FROM shop.main.t")).isEqualTo(1);
            other.close();
            assertThatThrownBy(() -> session.sql().number("SELECT n FROM shop.main.t"))
                    .isInstanceOf(HeadworksException.class);
        }

        @Test
        void openForReadingAreReopenedForWriting() throws Exception {
            Path file = folder.resolve("shop.duckdb");
            session.attach(file, "shop", false);
            session.sql().execute("CREATE TABLE shop.main.t AS SELECT 1 AS n");
            session.detach(file);
            session.attach(file, "shop", true);
            DuckDbSession other = session("two", new Cancellation());
            other.attach(file, "shop", false);
            other.sql().execute("INSERT INTO shop.main.t VALUES (2)");
            other.close();
            assertThat(session.sql().number("SELECT count(*) FROM shop.main.t")).isEqualTo(2);
        }

        @Test
        void ofTheSameWantedNameAreKeptApart() {
            session.attach(folder.resolve("a.duckdb"), "x", false);
            assertThat(session.attach(folder.resolve("b.duckdb"), "x", false)).isEqualTo("x_2");
        }

        @Test
        void heldByAnotherProcessNameThatProcess() throws Exception {
            Path file = folder.resolve("held.duckdb");
            Process holder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            HoldsFile.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                assertThat(holder.inputReader().readLine()).isEqualTo("held");
                assertThatThrownBy(() -> session.attach(file, "held", false))
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failed -> assertThat(failed.kind()).isEqualTo(FailureKind.HELD))
                        .hasMessage("Cannot open " + file.toRealPath() + ": process " + holder.pid() + " has it open");
            } finally {
                holder.destroyForcibly().waitFor();
            }
        }
    }

    @Nested
    class Cancelling {
        @Test
        void interruptsTheStatementThatRuns() {
            Thread canceller = new Thread(() -> {
                while (!cancellation.requested()) {
                    if (session.isRunning()) {
                        cancellation.request("stopped by a test");
                    }
                }
            });
            canceller.start();
            assertThatThrownBy(
                            () -> session.sql()
                                    .number(
                                            "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = -1"))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED))
                    .hasMessage("Cannot go on: stopped by a test");
            assertThatThrownBy(() -> session.sql().execute("SELECT 1")).hasMessage("Cannot go on: stopped by a test");
        }

        @Test
        void leavesRollbackPossible() {
            session.sql().execute("BEGIN TRANSACTION");
            cancellation.request("enough");
            session.sql().execute("ROLLBACK");
        }
    }

    @Nested
    class Progress {
        @Test
        void isTheFractionOfTheStatementThatRuns() {
            AtomicReference<WorkProgress> seen = new AtomicReference<>(WorkProgress.UNKNOWN);
            Relation numbers = session.materialise("n", session.relation("SELECT range AS n FROM range(20000000)"));
            Thread watcher = new Thread(() -> {
                while (!cancellation.requested()) {
                    WorkProgress now = session.progress();
                    if (now.fraction() != null && now.fraction() > 0) {
                        seen.set(now);
                        cancellation.request("seen enough");
                    }
                }
            });
            watcher.start();

            // hashed again and again, so that it never ends before somebody has looked
            String slow = "SELECT count(*) FROM (" + numbers.sql() + ") WHERE " + "md5(".repeat(4) + "n::VARCHAR"
                    + ")".repeat(4) + " = ''";
            assertThatThrownBy(() -> session.sql().number(slow)).hasMessage("Cannot go on: seen enough");

            assertThat(seen.get().fraction()).isBetween(0.0, 1.0);
            assertThat(session.progress()).isEqualTo(WorkProgress.UNKNOWN);
        }

        @Test
        void isUnknownWhenNothingRunsAndAfterTheEnd() throws Exception {
            DuckDbSession other = session("two", new Cancellation());
            assertThat(other.progress()).isEqualTo(WorkProgress.UNKNOWN);
            other.close();
            assertThat(other.progress()).isEqualTo(WorkProgress.UNKNOWN);
        }

        @Test
        void countsTheRowsThatAReaderTakes() throws Exception {
            Relation kept = session.materialise("n", session.relation("SELECT range AS n FROM range(10)"));
            try (BatchReader reader = session.read(kept)) {
                ColumnBatch batch = Objects.requireNonNull(reader.next());
                assertThat(batch.rows()).isEqualTo(10);
                assertThat(session.progress().rows()).isEqualTo(10);
                assertThat(session.progress().fraction()).isEqualTo(1.0);
            }
            assertThat(session.progress()).isEqualTo(WorkProgress.UNKNOWN);
        }
    }
}
