package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that stay open between the sessions of one command, and what is remembered of them. */
final class KeptFilesTest {
    @TempDir
    Path folder;

    private final AtomicInteger looked = new AtomicInteger();
    private DuckDbEngine engine;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
        file = folder.resolve("warehouse.duckdb");
        try (DuckDbSession session = session("first")) {
            session.attach(file, "w", false);
            session.sql().execute("CREATE TABLE w.t AS SELECT 1 AS n");
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private DuckDbSession session(String name) throws Exception {
        return engine.session(name, Files.createDirectories(folder.resolve(name)), new Cancellation());
    }

    /** Opens the file, looks at it, and leaves it. */
    private int looked(String run) throws Exception {
        try (DuckDbSession session = session(run)) {
            session.attach(file, "w", true);
            int seen = session.looks(file).seen("count", looked::incrementAndGet);
            session.leave(file);
            return seen;
        }
    }

    private boolean isOpen() throws Exception {
        try (DuckDbSession session = session("look")) {
            return session.sql().number("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'w'") == 1;
        }
    }

    /** A command over several environments has an engine for each. */
    @Test
    void enginesWithOneTemporaryFolderHaveWorkFilesOfTheirOwn() throws Exception {
        try (DuckDbSession one = session("one");
                DuckDbEngine other = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
                DuckDbSession two =
                        other.session("two", Files.createDirectories(folder.resolve("two")), new Cancellation())) {
            for (DuckDbSession session : List.of(one, two)) {
                assertThat(session.count(session.materialise("rows", session.relation("SELECT 1 AS n"))))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aFileThatIsLeftIsClosedUnlessFilesAreKept() throws Exception {
        looked("a");
        assertThat(isOpen()).isFalse();
        try (Engine.Keeping kept = engine.keepFiles()) {
            looked("b");
            assertThat(isOpen()).isTrue();
            kept.closeUnused();
            assertThat(isOpen()).isFalse();
            looked("c");
        }
        assertThat(isOpen()).isFalse();
    }

    @Test
    void whatWasSeenIsRememberedUntilSomebodyWrites() throws Exception {
        assertThat(looked("a")).isEqualTo(1);
        assertThat(looked("b")).isEqualTo(2);
        try (Engine.Keeping kept = engine.keepFiles()) {
            assertThat(looked("c")).isEqualTo(3);
            assertThat(looked("d")).isEqualTo(3);
            try (DuckDbSession writer = session("writer")) {
                writer.attach(file, "w", false);
                writer.looks(file).writes();
                assertThat(writer.looks(file).atAll()).isFalse();
                assertThat(looked("e"))
                        .as("while it is written nothing is remembered")
                        .isEqualTo(4);
                assertThat(looked("f")).isEqualTo(5);
                writer.looks(file).written();
                writer.leave(file);
            }
            assertThat(looked("g")).isEqualTo(6);
            assertThat(looked("h")).isEqualTo(6);
            kept.closeUnused();
            assertThat(looked("i"))
                    .as("others could have written while it was closed")
                    .isEqualTo(7);
        }
    }

    @Test
    void aFileThatASessionReadsIsNotOpenedForWritingBesideIt() throws Exception {
        try (DuckDbSession reader = session("reader");
                DuckDbSession other = session("other")) {
            other.settle(file, "w");
            assertThat(isOpen()).isFalse();
            reader.attach(file, "w", true);
            reader.sql().execute("BEGIN TRANSACTION");
            assertThat(reader.sql().number("SELECT n FROM w.t")).isEqualTo(1);
            other.settle(file, "w");
            assertThat(reader.sql().number("SELECT n FROM w.t")).isEqualTo(1);
            assertThat(other.sql()
                            .number("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'w' AND readonly"))
                    .isEqualTo(1);
        }
    }

    @Test
    void sessionsShareAWorkFileAndSeeTheirOwnTables() throws Exception {
        try (DuckDbSession one = session("one");
                DuckDbSession two = session("two")) {
            var first = one.materialise("rows", one.relation("SELECT 1 AS n"));
            var second = two.materialise("rows", two.relation("SELECT 2 AS n"));
            assertThat(one.max(first, "n")).isEqualTo("1");
            assertThat(two.max(second, "n")).isEqualTo("2");
            assertThat(folder.resolve("temporary")).isDirectoryContaining("glob:**/work*.duckdb");
            try (Stream<Path> files = Files.list(folder.resolve("temporary"))) {
                assertThat(files).hasSize(1);
            }
        }
        engine.close();
        assertThat(folder.resolve("temporary")).isEmptyDirectory();
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
    }

    @Test
    void aSessionThatWasStoppedLeavesNoTable() throws Exception {
        Cancellation cancellation = new Cancellation();
        DuckDbSession stopped =
                engine.session("stopped", Files.createDirectories(folder.resolve("stopped")), cancellation);
        var rows = stopped.materialise("rows", stopped.relation("SELECT 1 AS n"));
        cancellation.request("enough");
        assertThatThrownBy(() -> stopped.count(rows)).hasMessageContaining("enough");
        stopped.close();
        try (DuckDbSession session = session("look")) {
            assertThat(session.sql()
                            .number("SELECT count(*) FROM duckdb_tables() WHERE starts_with(table_name, 'rows')"))
                    .isZero();
        }
    }
}
