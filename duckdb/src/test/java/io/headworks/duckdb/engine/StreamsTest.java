package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.stream.PartsInTurn;
import io.headworks.duckdb.stream.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parallel streams as rows of a statement. */
final class StreamsTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Field("id", Simple.INT64), new Field("t", DataType.TEXT)));
    private static final RejectedRow ODD = new RejectedRow("src", null, null, "id", "type", "it is odd", "id=?");

    @TempDir
    Path folder;

    private DuckDbEngine engine;
    private DuckDbSession session;
    private final AtomicInteger open = new AtomicInteger();

    @BeforeEach
    void start() {
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("tmp"));
        session = engine.session("r", folder, new Cancellation());
    }

    @AfterEach
    void stop() {
        session.close();
        engine.close();
        assertThat(open).as("readers left open").hasValue(0);
    }

    /** Gives batches of 3,000 rows, which is more than a chunk, and NULL for every tenth text; then maybe fails. */
    private final class Numbers implements BatchReader {
        private final long from;
        private final int batches;
        private final boolean fails;
        private int given;

        Numbers(long from, int batches, boolean fails) {
            this.from = from;
            this.batches = batches;
            this.fails = fails;
            open.incrementAndGet();
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public ColumnBatch next() throws IOException {
            if (given == batches) {
                if (fails) {
                    throw new HeadworksException(FailureKind.SOURCE_UNREACHABLE, "the line is cut");
                }
                return null;
            }
            long[] ids = new long[3_000];
            String[] texts = new String[3_000];
            BitSet nulls = new BitSet();
            for (int i = 0; i < ids.length; i++) {
                ids[i] = from + given * 3_000L + i;
                texts[i] = "text " + ids[i];
                nulls.set(i, ids[i] % 10 == 0);
            }
            given++;
            return new ColumnBatch(
                    SCHEMA, ids.length, List.of(new Column.Longs(ids, new BitSet()), new Column.Texts(texts, nulls)));
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private RowSource.Parallel parts(int count, boolean lastFails) {
        List<RowSource.Opener> openers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long from = i * 1_000_000L;
            boolean fails = lastFails && i == count - 1;
            openers.add(rejects -> {
                rejects.accept(ODD);
                return new Numbers(from, 5, fails);
            });
        }
        return new RowSource.Parallel(SCHEMA, openers);
    }

    private RowSource.Parallel quiet(int count) {
        List<RowSource.Opener> openers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long from = i * 1_000_000L;
            openers.add(rejects -> new Numbers(from, 5, false));
        }
        return new RowSource.Parallel(SCHEMA, openers);
    }

    @Test
    void everyRowOfEveryPartIsStagedOnceWithItsRejects() {
        for (int parts : List.of(1, 2, 7)) {
            Staged staged = session.stage("s" + parts, parts(parts, false));
            assertThat(staged.count()).isEqualTo(parts * 15_000L);
            assertThat(staged.rejected()).isEqualTo(parts);
            String from = "(" + staged.rows().sql() + ")";
            assertThat(session.sql().number("SELECT count(DISTINCT id) FROM " + from))
                    .isEqualTo(parts * 15_000L);
            assertThat(session.sql().number("SELECT count(*) FROM " + from + " WHERE t = 'text ' || id"))
                    .isEqualTo(parts * 13_500L);
            assertThat(session.sql().number("SELECT count(*) FROM " + from + " WHERE t IS NULL AND id % 10 = 0"))
                    .isEqualTo(parts * 1_500L);
        }
    }

    @Test
    void aStatementReadsThemOnceAndNotTwice() {
        Relation rows = session.stream(quiet(3));
        String count = "SELECT count(*) FROM (" + rows.sql() + ")";
        assertThat(session.sql().number(count)).isEqualTo(45_000);
        assertThatThrownBy(() -> session.sql().number(count))
                .hasMessageContaining("the statement reads it a second time");
    }

    @Test
    void theyAreCountedWhileTheyAreReadAndNotAgain() {
        Relation rows = session.stream(quiet(3));
        assertThat(session.count(rows)).as("nothing has read them").isEqualTo(45_000);
        assertThat(session.count(rows)).isEqualTo(45_000);
    }

    @Test
    void aFailureOfAPartIsThatOfTheStatement() {
        assertThatThrownBy(() -> session.stage("s", parts(2, true)))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE))
                .hasMessage("the line is cut");
        assertThat(session.sql().number("SELECT 1")).as("the session goes on").isEqualTo(1);
    }

    @Test
    void aRejectedRowFailsAStatementThatCannotKeepIt() {
        Relation rows = session.stream(parts(2, false));
        assertThatThrownBy(() -> session.count(rows)).hasMessage("Cannot read a row of src: it is odd (id=?)");
    }

    @Test
    void theDriversMemoryIsTriedOut() throws Exception {
        try (DuckDBConnection connection = DuckDbEngine.connect()) {
            assertThat(new Streams(connection).isUsable()).isTrue();
        }
    }

    @Test
    void withoutItThePartsAreReadInTurn() throws Exception {
        List<RejectedRow> rejects = new ArrayList<>();
        long rows = 0;
        try (PartsInTurn reader = new PartsInTurn(parts(3, false), rejects::add)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows += batch.rows();
            }
        }
        assertThat(rows).isEqualTo(45_000);
        assertThat(rejects).hasSize(3);
    }
}
