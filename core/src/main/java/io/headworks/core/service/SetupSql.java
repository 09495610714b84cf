package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.List;

/** What a target needs before the first load: the statements, not run. */
public final class SetupSql {
    private final Workbench bench;

    public SetupSql(Workbench bench) {
        this.bench = bench;
    }

    public List<String> of(String connection) {
        try (Workbench.Session session = bench.open()) {
            var connector = bench.setup().connectors().of(new DatasetRows(bench, session).connection(connection));
            if (!connector.isTarget()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot set up " + connection + ": its type '"
                                + connector.type().name() + "' is no target");
            }
            return session.connections().target(connection).setupSql();
        }
    }
}
