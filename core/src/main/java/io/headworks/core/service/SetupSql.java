package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.target.Target;
import java.util.List;
import java.util.function.Function;

/** What a target needs before the first load: the statements, to be read or to be run. */
public final class SetupSql {
    private final Workbench bench;

    public SetupSql(Workbench bench) {
        this.bench = bench;
    }

    /** The statements, not run. */
    public List<String> of(String connection) {
        return on(connection, Target::setupSql);
    }

    /** Runs them; tables that are there already stay as they are. */
    public List<String> run(String connection) {
        return on(connection, target -> {
            target.setUp();
            return target.setupSql();
        });
    }

    private <T> T on(String connection, Function<Target, T> work) {
        try (Workbench.Session session = bench.open()) {
            var connector = bench.setup().connectors().of(new DatasetRows(bench, session).connection(connection));
            if (!connector.isTarget()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot set up " + connection + ": its type '"
                                + connector.type().name() + "' is no target",
                        "hw connection list shows which connections are targets");
            }
            return work.apply(session.connections().target(connection));
        }
    }
}
