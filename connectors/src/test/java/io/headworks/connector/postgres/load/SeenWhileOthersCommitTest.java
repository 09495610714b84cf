package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.TargetState;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run commits only above the number that it saw. A position older than that number would let it load again what another
 * committed between the two looks, with nobody to refuse it.
 */
class SeenWhileOthersCommitTest {
    private static final int LOOKS = 400;

    @TempDir
    Path folder;

    @Test
    void thePositionIsNeverOlderThanTheNumber() throws Exception {
        try (TestDatabase database = TestPostgres.shared().newDatabase();
                PostgresLab lab = PostgresLab.of(database, folder)) {
            lab.run(1, Strategy.UPSERT, List.of("id"), "select 1 as id");
            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService other = Executors.newSingleThreadExecutor();
            Future<?> commits = other.submit(() -> {
                commit(database, stop);
                return null;
            });
            long seen = 0;
            try {
                for (int i = 0; i < LOOKS && !commits.isDone(); i++) {
                    TargetState state = lab.target.observe(PostgresLab.KEY, PostgresLab.ORDERS);
                    LedgerRow last = Objects.requireNonNull(state.lastCommitted());
                    assertThat(last.runNumber()).isGreaterThanOrEqualTo(state.lastRunNumber());
                    seen = state.lastRunNumber();
                }
            } finally {
                stop.set(true);
                other.shutdown();
            }
            commits.get();
            assertThat(seen).as("others did commit").isGreaterThan(2);
        }
    }

    /** Live rows of other runs, one after the other. */
    private static void commit(TestDatabase database, AtomicBoolean stop) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement row =
                        connection.prepareStatement("INSERT INTO headworks.ledger SELECT (jsonb_populate_record(l,"
                                + " jsonb_build_object('run_number', ?::bigint, 'run_id', 'run' || ?::bigint))).*"
                                + " FROM headworks.ledger AS l WHERE run_number = 1")) {
            for (int number = 2; !stop.get(); number++) {
                row.setLong(1, number);
                row.setLong(2, number);
                row.executeUpdate();
            }
        }
    }
}
