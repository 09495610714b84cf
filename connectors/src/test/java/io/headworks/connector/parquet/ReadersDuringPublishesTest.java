package io.headworks.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.KeyRange;
import io.headworks.api.type.DataType;
import io.headworks.connector.parquet.CleanUp.Keep;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReadersDuringPublishesTest {
    private static final int PUBLISHES = 1_000;
    private static final int READS = 10_000;
    private static final int READERS = 2;
    private static final int ROWS = 300;

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger publishes = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger versionsSeen = new AtomicInteger();

    /** Every version holds {@link #ROWS} rows in three partitions, all with the number of their load. */
    private static String rows(int load) {
        return "SELECT range AS id, range % 3 AS part, " + load + "::BIGINT AS n FROM range(" + ROWS + ")";
    }

    @Test
    void noReadThatResolvesTheVersionFailsOrMixesTwo() throws Exception {
        Path path = folder.resolve("lake");
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
                EngineSession writer = session(engine, "writer");
                Lake lake = new Lake(
                        path, writer, new Partitioning("part", By.VALUE), new Keep(10, Duration.ofMinutes(200)))) {
            lake.load(Strategy.TRUNCATE_RELOAD, rows(0));
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                EngineSession session = session(engine, "reader" + reader);
                readers.add(threads.submit(() -> readUntilDone(path, session)));
            }
            while (publishes.get() < PUBLISHES || reads.get() < READS) {
                lake.load(Strategy.TRUNCATE_RELOAD, rows(publishes.incrementAndGet()));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.printf(
                "%d reads of %d versions during %d publishes: %d failed, %d wrong%n",
                reads.get(), versionsSeen.get(), publishes.get(), failed.get(), wrong.get());
        assertThat(failed).hasValue(0);
        assertThat(wrong).hasValue(0);
        assertThat(reads).hasValueGreaterThanOrEqualTo(READS);
        assertThat(versionsSeen).hasValueGreaterThan(100);
    }

    private EngineSession session(Engine engine, String run) throws Exception {
        return engine.session(run, Files.createDirectories(folder.resolve(run)), new Cancellation());
    }

    private void readUntilDone(Path path, EngineSession session) {
        ParquetFolder lake = ParquetFolder.at(path);
        long last = -1;
        while (publishes.get() < PUBLISHES || reads.get() < READS) {
            try {
                Version version = lake.resolve(Lake.ORDERS).orElseThrow();
                Relation rows = new TableScan(session, version.columnSets()).rows(version.files());
                long load = Long.parseLong(String.valueOf(session.max(rows, "n")));
                KeyRange onlyThis = new KeyRange("n", DataType.BIGINT, "" + load, "" + (load + 1), false);
                boolean whole = session.count(rows) == ROWS
                        && session.count(session.within(rows, onlyThis)) == ROWS
                        && load >= last;
                wrong.addAndGet(whole ? 0 : 1);
                versionsSeen.addAndGet(load == last ? 0 : 1);
                last = load;
            } catch (RuntimeException failure) {
                failed.incrementAndGet();
                failure.printStackTrace();
            }
            reads.incrementAndGet();
        }
        session.close();
    }
}
