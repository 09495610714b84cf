package io.headworks.connector.jdbc;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.connector.jdbc.load.JdbcTarget;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.target.TargetContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What both engines' contracts share: a database for each test, its driver in a folder. */
abstract class JdbcTargetContract extends TargetContract {
    private final TestEngine engine;

    @TempDir
    static Path drivers;

    /** Made when it is first opened: what is before each test of the contract comes before ours. */
    private @Nullable TestDatabase database;

    JdbcTargetContract(TestEngine engine) {
        this.engine = engine;
    }

    /** After the contract has closed the target. */
    @RegisterExtension
    final AfterEachCallback drop = test -> {
        if (database != null) {
            database.close();
            database = null;
        }
    };

    @Override
    protected String longStatement() {
        return "UPDATE hw_fence SET run_id = run_id";
    }

    @Override
    protected Engine openEngine(Path temporary) {
        return new DuckDbEngineFactory().open(Resources.UNSET, temporary);
    }

    @Override
    protected Target openTarget(Path folder, EngineSession session) {
        if (database == null) {
            database = engine.newDatabase();
        }
        return JdbcTarget.open(JdbcConnections.settings(engine, database, drivers), session);
    }
}
