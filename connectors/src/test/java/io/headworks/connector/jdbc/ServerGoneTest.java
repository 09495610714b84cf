package io.headworks.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.connector.jdbc.load.JdbcTarget;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerGoneTest {
    @TempDir
    Path folder;

    @Test
    void failsWhatIsAskedOfItButNotTheEndOfTheSession() {
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
                EngineSession session = engine.session("first", folder, new Cancellation());
                TestDatabase database = TestEngine.HSQLDB.newDatabase()) {
            Target target = JdbcTarget.open(JdbcConnections.settings(TestEngine.HSQLDB, database, folder), session);
            target.setUp();
            database.close();

            assertThatThrownBy(target::tables)
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TARGET_UNREACHABLE));
            assertThatCode(target::close).doesNotThrowAnyException();
        }
    }
}
