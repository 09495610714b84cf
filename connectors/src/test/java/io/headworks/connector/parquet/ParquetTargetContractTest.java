package io.headworks.connector.parquet;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.rewrite.FileEngine;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.parquet.CleanUp.Keep;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.target.TargetContract;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

class ParquetTargetContractTest extends TargetContract {
    @Override
    protected Engine openEngine(Path temporary) {
        return new DuckDbEngineFactory().open(Resources.UNSET, temporary);
    }

    @Override
    protected Target openTarget(Path folder, EngineSession session) {
        return new ParquetTarget(
                ParquetFolder.at(folder.resolve("lake")), (FileEngine) session, new Keep(10, Duration.ofHours(1)));
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.USER_SQL, Lack.CASE_IN_NAMES);
    }

    @Override
    protected int sequences() {
        return 5;
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(Simple.INTERVAL);
    }

    @Override
    protected List<Object> refusedValues(DataType type) {
        return type == Simple.HUGEINT ? List.of(new BigDecimal("-170141183460469231731687303715884105727")) : List.of();
    }

    @Override
    protected String longStatement() {
        return "SELECT 1";
    }
}
