package io.headworks.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.state.StateHome;
import io.headworks.core.record.RunStatus;
import io.headworks.core.secret.Masker;
import io.headworks.core.state.Rebuilt;
import io.headworks.core.state.RebuiltContent;
import io.headworks.core.state.RunFiles;
import io.headworks.core.state.RunStore;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateFile;
import io.headworks.core.state.StatePurge;
import io.headworks.core.state.StateReplacement;
import io.headworks.testkit.state.Remembered;
import io.headworks.testkit.state.StateContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The state in a file of the workspace. */
class SqliteStateTest extends StateContract {
    @Override
    protected StateHome home() {
        return new StateFile(folder.resolve("state.db"));
    }

    @Override
    protected StateHome anotherHome() {
        return new StateFile(folder.resolve("another.db"));
    }

    @Override
    protected Rebuilt rebuild(RebuiltContent content, String mark) {
        return new StateReplacement(folder.resolve("state.db")).from(content, "kept-" + mark);
    }

    /** Such a transaction is refused at once by the file, and must not fail the run that it belongs to. */
    @Test
    void aTransactionThatReadsFirstWaitsForAnotherThatWrites() throws Exception {
        try (StateDatabase state = StateDatabase.open(home());
                Connection other = home().open();
                Statement statement = other.createStatement()) {
            RunStore store = new RunStore(state, new RunFiles(folder.resolve("runs")), new Masker(List.of()));
            store.finished(Remembered.run(1, "orders", RunStatus.SUCCESS));
            store.finished(Remembered.run(2, "orders", RunStatus.SUCCESS));
            other.setAutoCommit(false);
            statement.executeUpdate("delete from plan");
            CompletableFuture<Void> released = CompletableFuture.runAsync(
                    () -> commit(other), CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS));

            assertThat(new StatePurge(state).beyond(1)).isEqualTo(1);
            released.get();
        }
    }

    private static void commit(Connection session) {
        try {
            session.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
