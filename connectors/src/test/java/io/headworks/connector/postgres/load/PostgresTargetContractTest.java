package io.headworks.connector.postgres.load;

import io.headworks.api.connection.Connection;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.run.Resources;
import io.headworks.api.secret.Secret;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import io.headworks.testkit.target.TargetContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class PostgresTargetContractTest extends TargetContract {
    /** Of one test: made when its target is first opened. */
    private @Nullable TestDatabase database;

    @AfterEach
    void dropDatabase() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Override
    protected Engine openEngine(Path temporary) {
        return new DuckDbEngineFactory().open(Resources.UNSET, temporary);
    }

    @Override
    protected Target openTarget(Path folder, EngineSession session) {
        if (database == null) {
            database = TestPostgres.shared().newDatabase();
        }
        return PostgresTarget.open(settings(database, folder), session);
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.CASE_IN_NAMES);
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(new DataType.Timestamp(9, false));
    }

    static PostgresSettings settings(TestDatabase database, Path folder) {
        return PostgresSettings.of(new Connection(
                "warehouse",
                "postgresql",
                folder,
                Map.of(
                        "host", database.host(),
                        "port", Integer.toString(database.port()),
                        "database", database.name(),
                        "user", database.user()),
                Map.of("password", new Secret(database.password()))));
    }
}
