package io.headworks.duckdb.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows of a batch a table has as they are. */
final class AlreadyThereTest {
    @TempDir
    Path folder;

    private Engine engine;
    private DuckDbSession session;
    private DuckDbTarget target;

    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("warehouse.duckdb");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE orders (id BIGINT, name VARCHAR COLLATE NOCASE, span INTERVAL, amount DECIMAL(9,2),"
                            + " _hw_run BIGINT); INSERT INTO orders VALUES (1, 'ada', INTERVAL 1 MONTH, 1.50, 1),"
                            + " (2, NULL, NULL, NULL, 1)");
        }
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
        session = (DuckDbSession)
                engine.session("run", Files.createDirectories(folder.resolve("run")), new Cancellation());
        target = DuckDbTarget.open(session, file, "warehouse");
    }

    @AfterEach
    void close() {
        target.close();
        session.close();
        engine.close();
    }

    private long there(String rows) {
        Load load = new Load(
                new TableName(null, "orders"),
                Strategy.UPSERT,
                List.of("id"),
                List.of(),
                Load.Deletes.IGNORE,
                "_deleted",
                null,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                new Load.AuditColumns("_hw_run", "_hw_loaded_at"),
                null,
                null);
        LoadRequest batch = new LoadRequest(
                load,
                session.relation("SELECT id::BIGINT AS id, name::VARCHAR AS name, span::INTERVAL AS span,"
                        + " amount::DECIMAL(9,2) AS amount FROM (VALUES " + rows + ") AS v(id, name, span, amount)"),
                false,
                BatchKind.DELTA,
                null,
                2,
                Instant.parse("2026-03-01T10:00:00Z"));
        return target.alreadyThere(batch).orElseThrow();
    }

    @Test
    void rowsWhoseValuesAreAllTheSameAreThere() {
        assertThat(there("(1, 'ada', INTERVAL 1 MONTH, 1.5), (2, NULL, NULL, NULL)"))
                .isEqualTo(2);
        assertThat(there("(1, 'ada', INTERVAL 1 MONTH, 1.5), (1, 'ada', INTERVAL 1 MONTH, 1.5)"))
                .isEqualTo(2);
    }

    @Test
    void whatTheEngineFindsEqualIsNotTheSame() {
        assertThat(there("(1, 'Ada', INTERVAL 1 MONTH, 1.5)"))
                .as("another case")
                .isZero();
        assertThat(there("(1, 'ada', INTERVAL 30 DAYS, 1.5)")).as("30 days").isZero();
    }

    @Test
    void otherValuesKeysAndNoKeyAreNotThere() {
        assertThat(there("(1, 'ada', INTERVAL 1 MONTH, 1.51)")).isZero();
        assertThat(there("(1, NULL, INTERVAL 1 MONTH, 1.5)")).isZero();
        assertThat(there("(3, 'ada', INTERVAL 1 MONTH, 1.5)")).isZero();
        assertThat(there("(NULL, NULL, NULL, NULL)")).isZero();
    }
}
