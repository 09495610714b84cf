package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.rewrite.ParquetWrite;
import io.headworks.api.rewrite.WrittenFile;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetWriterTest {
    private static final long LARGE = 1L << 30;

    @TempDir
    Path folder;

    private DuckDbEngine engine;
    private DuckDbSession session;
    private Path out;

    @BeforeEach
    void open() throws Exception {
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
        session = engine.session("one", Files.createDirectories(folder.resolve("one")), new Cancellation());
        out = Files.createDirectories(folder.resolve("out"));
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private List<WrittenFile> write(String select, @Nullable Partitioning partitioning, List<String> sortedBy) {
        return session.writeParquet(new ParquetWrite(session.relation(select), out, partitioning, sortedBy, LARGE));
    }

    private Relation read(Path file) {
        return session.relation("SELECT * FROM read_parquet('" + file + "', hive_partitioning = false)");
    }

    @Test
    void tellsPathRowsAndBytes() throws Exception {
        List<WrittenFile> files = write("SELECT range AS n FROM range(7)", null, List.of());
        assertThat(files).singleElement().satisfies(file -> {
            assertThat(file.rows()).isEqualTo(7);
            assertThat(file.bytes()).isEqualTo(Files.size(file.path()));
            assertThat(file.partition()).isNull();
        });
    }

    @Test
    void writesAFileWithColumnsForNoRows() {
        List<WrittenFile> files = write("SELECT 1 AS n, 'a' AS t WHERE false", null, List.of());
        assertThat(files)
                .singleElement()
                .satisfies(
                        file -> assertThat(read(file.path()).schema().names()).containsExactly("n", "t"));
    }

    @Test
    void cutsRowsByCalendarUnitInUtcAndKeepsTheColumn() {
        List<WrittenFile> files = write(
                "SELECT * FROM (VALUES (1, TIMESTAMPTZ '2024-01-31 23:30:00-01'), (2, TIMESTAMPTZ '2024-01-31 23:30:00+00'),"
                        + " (3, NULL)) AS v(n, seen)",
                new Partitioning("seen", By.MONTH),
                List.of());
        assertThat(files).extracting(WrittenFile::partition).containsExactlyInAnyOrder("2024-01", "2024-02", null);
        assertThat(files)
                .allSatisfy(
                        file -> assertThat(read(file.path()).schema().names()).containsExactly("n", "seen"));
    }

    @Test
    void tellsTheNullPartitionFromATextThatLooksLikeIt() {
        List<WrittenFile> files = write(
                "SELECT * FROM (VALUES ('__HIVE_DEFAULT_PARTITION__'), (NULL), (''), ('a/b=c')) AS v(country)",
                new Partitioning("country", By.VALUE),
                List.of());
        List<@Nullable String> partitions = new ArrayList<>();
        files.forEach(file -> partitions.add(file.partition()));
        assertThat(partitions).containsExactlyInAnyOrder("__HIVE_DEFAULT_PARTITION__", null, "", "a/b=c");
    }

    @Test
    void sortsTheRowsOfEachPartition() {
        List<WrittenFile> files = write(
                "SELECT range AS n, range % 2 AS p, hash(range) AS h FROM range(300000)",
                new Partitioning("p", By.VALUE), List.of("h"));
        assertThat(files)
                .hasSize(2)
                .allSatisfy(file -> assertThat(outOfOrder(file)).isZero());
    }

    @RepeatedTest(20) // whether a COPY swaps row groups is a matter of luck
    void sortsTheRowsOfAFile() {
        List<WrittenFile> files = write("SELECT hash(range) AS h FROM range(300000)", null, List.of("h"));
        assertThat(files)
                .singleElement()
                .satisfies(file -> assertThat(outOfOrder(file)).isZero());
    }

    @Test
    void cutsSortedRowsIntoFilesWithoutLosingOrDoublingEqualOnes() {
        Relation rows = session.relation("SELECT range % 10 AS tens, hash(range) AS h FROM range(100000)");
        List<WrittenFile> files = session.writeParquet(new ParquetWrite(rows, out, null, List.of("tens"), 150_000));
        assertThat(files).hasSizeGreaterThan(3).allSatisfy(file -> {
            assertThat(file.bytes()).isEqualTo(file.path().toFile().length()).isLessThan(300_000);
            assertThat(session.sql().number("SELECT count(DISTINCT tens) FROM read_parquet('" + file.path() + "')"))
                    .isLessThan(5);
        });
        assertThat(files.stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(100_000);
        assertThat(session.sql()
                        .number("SELECT count(DISTINCT h) FROM read_parquet('" + out
                                + "/**', hive_partitioning = false)"))
                .isEqualTo(100_000);
    }

    private long outOfOrder(WrittenFile file) {
        return session.sql()
                .number(
                        "SELECT count(*) FROM (SELECT h < lag(h) OVER (ORDER BY file_row_number) AS back FROM read_parquet('"
                                + file.path() + "', file_row_number = true)) WHERE back");
    }

    @Test
    void keepsHugeIntegersExactlyOrFails() {
        List<WrittenFile> files = write("SELECT 12345678901234567890123456789012345678::HUGEINT AS n", null, List.of());
        assertThat(session.sql()
                        .query(
                                "SELECT CAST(n AS VARCHAR) FROM read_parquet('"
                                        + files.get(0).path() + "')",
                                row -> row.getString(1)))
                .containsExactly("12345678901234567890123456789012345678");
        assertThatThrownBy(() -> write("SELECT 170141183460469231731687303715884105727::HUGEINT AS n", null, List.of()))
                .isInstanceOf(HeadworksException.class)
                .hasMessageContaining("DECIMAL(38,0)");
    }

    @Test
    void refusesACalendarUnitOfANumber() {
        assertThatThrownBy(() -> write("SELECT 1 AS n", new Partitioning("n", By.MONTH), List.of()))
                .hasMessage(
                        "Cannot partition by month of 'n': its type is integer (allowed: date, timestamp, timestamptz)");
    }
}
