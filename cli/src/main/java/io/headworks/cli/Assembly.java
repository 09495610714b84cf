package io.headworks.cli;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineFactory;
import io.headworks.core.connection.Connectors;
import io.headworks.core.service.Setup;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The one place where the parts are found and put together. */
final class Assembly {

    private Assembly() {}

    static Setup setup() {
        List<Connector> connectors = new ArrayList<>();
        ServiceLoader.load(Connector.class).forEach(connectors::add);
        EngineFactory engines = ServiceLoader.load(EngineFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Cannot start: no engine on the class path"));
        return new Setup(new Connectors(connectors), engines, Clock.systemUTC(), Version.current());
    }
}
