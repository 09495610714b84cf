package io.headworks.connector.sqlite;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.target.TargetContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

class SqliteTargetContractTest extends TargetContract {
    @Override
    protected Engine openEngine(Path temporary) {
        return new DuckDbEngineFactory().open(Resources.UNSET, temporary);
    }

    @Override
    protected Target openTarget(Path folder, EngineSession session) {
        return SqliteConnector.target(folder.resolve("warehouse.db"), session);
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.SCHEMAS, Lack.CASE_IN_NAMES);
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(new DataType.ListOf(DataType.BIGINT));
    }

    @Override
    protected List<Object> refusedValues(DataType type) {
        return type == DataType.Simple.DOUBLE ? List.of(Double.NaN) : List.of();
    }

    @Override
    protected String longStatement() {
        return "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 500000000) SELECT count(*) FROM c";
    }
}
