package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.duckdb.RawQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts read from the engine's own memory are those that the driver reads one by one. */
class Utf8BatchesTest {
    @TempDir
    Path folder;

    private final Cancellation cancellation = new Cancellation();
    private DuckDbEngine engine;
    private DuckDbSession session;

    @BeforeEach
    void open() throws IOException {
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
        session = engine.session("run", Files.createDirectories(folder.resolve("run")), cancellation);
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    /** Lengths around twelve and eight bytes, overlong ones, dictionaries, constants, parts of others, NULLs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "repeat('ä', n % 40)",
                "repeat(chr((97 + n % 26)::INT), (hash(n) % 30)::INT)",
                "CASE WHEN hash(n) % 3 <> 0 THEN md5(n::VARCHAR) END",
                "CASE WHEN n % 500 = 0 THEN repeat(md5(n::VARCHAR), 5000) ELSE n::VARCHAR END",
                "['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN'][n % 4 + 1]",
                "'the same for all the rows'",
                "NULL::VARCHAR",
                "'abcdefghijklmnopqrstuvwxyz'[n % 5 + 1:n % 5 + 13 + n % 9]",
                "'nothing' || chr(0) || n"
            })
    void areTheSame(String text) throws IOException {
        String rows = "SELECT range AS n, CAST(" + text + " AS VARCHAR) AS t FROM range(20000) AS r(n)";
        Relation plain = session.relation(rows.replace("SELECT range", "SELECT n"));
        for (Relation relation : List.of(
                plain,
                session.materialise("kept", plain),
                session.relation("SELECT * FROM (" + plain.sql() + ") ORDER BY hash(n)"),
                parquet(plain))) {
            Relation kept = session.materialise("same", relation);
            assertThat(texts(session.readUtf8(kept))).isEqualTo(texts(session.read(kept)));
        }
    }

    private Relation parquet(Relation rows) {
        Path file = folder.resolve("rows.parquet");
        session.sql().execute("COPY (" + rows.sql() + ") TO '" + file + "' (FORMAT parquet, DICTIONARY_SIZE_LIMIT 10)");
        return session.relation("SELECT * FROM read_parquet('" + file + "')");
    }

    private static List<@Nullable String> texts(BatchReader reader) throws IOException {
        List<@Nullable String> texts = new ArrayList<>();
        try (reader) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                Column column = batch.columns().get(1);
                for (int row = 0; row < batch.rows(); row++) {
                    texts.add(batch.columns().get(0) instanceof Column.Longs n ? n.values()[row] + "" : "no number");
                    texts.add(column.isNull(row) ? null : text(column, row));
                }
            }
        }
        return texts;
    }

    private static @Nullable String text(Column column, int row) {
        return column instanceof Column.Utf8 utf8 ? utf8.text(row) : ((Column.Texts) column).values()[row];
    }

    @Test
    void rowsThatAreNotKeptComeAsTheyAreMade() throws IOException {
        Relation many = session.relation("SELECT range AS n, 'row number ' || range AS t FROM range(300000)");
        long sum = 0;
        try (BatchReader reader = session.readUtf8(many)) {
            assertThatThrownBy(() -> session.count(many)).hasMessageContaining("rows are being read");
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    long n = ((Column.Longs) batch.columns().get(0)).values()[row];
                    assertThat(text(batch.columns().get(1), row)).isEqualTo("row number " + n);
                    sum += n;
                }
            }
        }
        assertThat(sum).isEqualTo(299_999L * 300_000 / 2);
        assertThat(session.count(many)).isEqualTo(300_000);
    }

    @Test
    void aFailureIsNoEarlyEnd() throws IOException {
        Relation failing = session.relation(
                "SELECT CASE WHEN range = 250000 THEN error('boom') ELSE range END AS n FROM range(300000)");
        assertThatThrownBy(() -> drain(failing, () -> {})).hasMessageContaining("boom");
        assertThat(session.sql().number("SELECT 1")).isEqualTo(1);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aCancellationIsNoEarlyEnd() {
        Relation endless = session.relation("SELECT range AS n FROM range(10000000000)");
        assertThatThrownBy(() -> drain(endless, () -> cancellation.request("told to")))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED));
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSlowSelectIsCancelledBeforeItsFirstRow() throws InterruptedException {
        Relation slow = session.relation("SELECT max(hash(range)) AS n FROM range(1000000000000)");
        Thread canceller = new Thread(() -> {
            while (!session.isRunning()) {
                Thread.onSpinWait();
            }
            cancellation.request("told to");
        });
        canceller.start();
        assertThatThrownBy(() -> drain(slow, () -> {})).hasMessageContaining("told to");
        canceller.join();
    }

    /** An interrupted stream must not look like one that ended. */
    @Test
    void anInterruptIsNoEarlyEnd() throws SQLException {
        try (DuckDBConnection connection =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                RawQuery query = RawQuery.open(connection, "SELECT range FROM range(10000000000)")) {
            assertThat(query.next()).isPositive();
            RawQuery.interrupt(connection);
            assertThatThrownBy(() -> {
                        while (query.next() > 0) {
                            assertThat(query.column(0, 1)).isNotNull();
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("INTERRUPT");
        }
    }

    private long drain(Relation relation, Runnable afterTheFirst) throws IOException {
        long rows = 0;
        try (BatchReader reader = session.readUtf8(relation)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                if (rows == 0) {
                    afterTheFirst.run();
                }
                rows += batch.rows();
            }
            return rows;
        }
    }

    @Test
    void aQueryThatFailsHalfwayDoesNotEnd() throws SQLException {
        String failing = "SELECT CASE WHEN n = 90000 THEN error('boom') ELSE n END FROM range(100000) AS r(n)";
        try (DuckDBConnection connection =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                RawQuery query = RawQuery.open(connection, failing)) {
            assertThatThrownBy(() -> {
                        while (query.next() > 0) {
                            assertThat(query.column(0, 1)).isNotNull();
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("boom");
        }
    }
}
