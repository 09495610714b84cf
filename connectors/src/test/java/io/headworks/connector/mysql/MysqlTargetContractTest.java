package io.headworks.connector.mysql;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.connector.mysql.load.MysqlTarget;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.target.TargetContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class MysqlTargetContractTest extends TargetContract {
    /** Made when it is first opened: what is before each test of the contract comes before ours. */
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
            database = TestMariaDb.shared().newDatabase();
        }
        return MysqlTarget.open(MysqlConnector.settings(MysqlConnections.connection(database, Map.of())), session);
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.SCHEMAS, Lack.CASE_IN_NAMES, Lack.EMOJI_IN_NAMES, Lack.CHANGES_TAKEN_BACK);
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(new DataType.ListOf(DataType.BIGINT), new DataType.Timestamp(9, false));
    }

    @Override
    protected List<Object> refusedValues(DataType type) {
        if (type == DataType.Simple.DOUBLE) {
            return List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
        return type.equals(DataType.TIMESTAMPTZ) ? List.of(Instant.parse("1900-01-01T00:00:00Z")) : List.of();
    }
}
