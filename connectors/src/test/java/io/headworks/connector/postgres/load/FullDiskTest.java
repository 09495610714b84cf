package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Strategy;
import io.headworks.testkit.servers.SmallDisk;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A target whose disk is really full. */
final class FullDiskTest {
    private static final String FEW = "SELECT range AS id, repeat('x', 100) AS t FROM range(1000)";
    private static final String MANY = "SELECT range AS id, repeat('x', 1000) AS t FROM range(100000)";
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"APPEND", "UPSERT", "TRUNCATE_RELOAD"})
    void endsTheLoadWithItsCauseAndLeavesNothing(Strategy strategy) throws IOException {
        List<String> keys = strategy == Strategy.UPSERT ? List.of("id") : List.of();
        onASmallDisk((disk, database) -> {
            try (PostgresLab lab = PostgresLab.of(database, folder)) {
                lab.run(1, strategy, keys, FEW);
                long before = disk.used();
                assertThatThrownBy(() -> lab.run(2, strategy, keys, MANY))
                        .hasMessageContaining("No space left on device")
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failed -> assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES));
                assertThat(lab.target.committed(PostgresLab.KEY, "run2", 1)).isEmpty();
                assertThat(database.texts("SELECT count(*) FROM orders")).containsExactly("1000");
                assertThat(workTables(database)).isEmpty();
                database.run("VACUUM FULL orders", "CHECKPOINT");
                assertThat(disk.used()).as("taken now and before").isLessThan(before + 4 * MEGABYTE);
                lab.run(3, strategy, keys, FEW);
                assertThat(lab.target.committed(PostgresLab.KEY, "run3", 1)).isPresent();
            }
        });
    }

    @Test
    void ofAFirstLoadLeavesNoTable() throws IOException {
        onASmallDisk((disk, database) -> {
            try (PostgresLab lab = PostgresLab.of(database, folder)) {
                assertThatThrownBy(() -> lab.run(1, Strategy.UPSERT, List.of("id"), MANY))
                        .hasMessageContaining("No space left on device");
                assertThat(database.texts("SELECT relname FROM pg_class WHERE relname = 'orders'"))
                        .isEmpty();
                assertThat(workTables(database)).isEmpty();
            }
        });
    }

    private static List<String> workTables(TestDatabase database) {
        return database.texts("SELECT relname FROM pg_class WHERE relname LIKE 'hw\\_tmp%'");
    }

    private interface Work {
        void on(SmallDisk disk, TestDatabase database) throws IOException;
    }

    private static void onASmallDisk(Work work) throws IOException {
        Optional<SmallDisk> small = SmallDisk.of(48);
        assumeTrue(small.isPresent(), "this process may not mount a small disk");
        try (SmallDisk disk = small.get()) {
            String space = "CREATE TABLESPACE small LOCATION '" + disk.folder("space") + "'";
            TestPostgres.shared().run(space);
            try (TestDatabase database = TestPostgres.shared().newDatabase()) {
                TestPostgres.shared().run("ALTER DATABASE " + database.name() + " SET TABLESPACE small");
                work.on(disk, database);
            } finally {
                TestPostgres.shared().run("DROP TABLESPACE small");
            }
        }
    }
}
