package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.target.Target;
import io.headworks.core.spec.PipelineSpec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a target needs before the first load: the statements, to be read or to be run. */
public final class SetupSql {
    private final Workbench bench;

    public SetupSql(Workbench bench) {
        this.bench = bench;
    }

    /** The statements, not run; with what lets the connection's user load the tables of this project's pipelines. */
    public List<String> of(String connection) {
        List<Load> loads = bench.project().pipelines().stream()
                .filter(pipeline -> pipeline.connection().equals(connection))
                .map(PipelineSpec::load)
                .toList();
        return on(
                connection,
                target -> Stream.concat(target.setupSql().stream(), target.grantsSql(loads).stream())
                        .toList());
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
