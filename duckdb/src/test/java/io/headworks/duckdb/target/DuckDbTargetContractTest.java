package io.headworks.duckdb.target;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineFactory;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.testkit.target.TargetContract;
import java.nio.file.Path;
import java.util.Set;

class DuckDbTargetContractTest extends TargetContract {
    private DuckDbSession inner;

    @Override
    protected Engine openEngine(Path temporary) {
        EngineFactory factory = new DuckDbEngineFactory();
        Engine engine = factory.open(Resources.UNSET, temporary);
        return new Engine() {
            @Override
            public EngineSession session(String runId, Path staging, Cancellation cancellation) {
                inner = (DuckDbSession) engine.session(runId, staging, cancellation);
                return RowsAsSql.over(inner);
            }

            @Override
            public SqlInspector inspector() {
                return engine.inspector();
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    @Override
    protected Target openTarget(Path folder, EngineSession session) {
        return DuckDbTarget.open(inner, folder.resolve("warehouse.duckdb"), "warehouse");
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.CASE_IN_NAMES);
    }

    @Override
    protected String longStatement() {
        return "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1";
    }
}
