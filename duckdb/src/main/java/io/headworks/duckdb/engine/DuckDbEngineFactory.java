package io.headworks.duckdb.engine;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineFactory;
import io.headworks.api.engine.SelectReader;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.run.Resources;
import java.nio.file.Path;

/** Opens DuckDB as the engine; its native library loads with the first engine or inspector, not before. */
public final class DuckDbEngineFactory implements EngineFactory {

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public Engine open(Resources resources, Path temporary) {
        return DuckDbEngine.open(resources, temporary);
    }

    @Override
    public SqlInspector inspector() {
        return new DuckDbInspector(DuckDbEngine::connect);
    }

    @Override
    public SelectReader selects() {
        return new DuckDbInspector(DuckDbEngine::connect);
    }
}
