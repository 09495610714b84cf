package io.headworks.core.service;

import io.headworks.api.connection.Connection;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceTable;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.loading.SourceTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks sources for their tables, each once, with an engine that is there for as long as one of them is asked. */
public final class SourceListing implements SourceTables {
    private final Setup setup;
    private final Workspace workspace;
    private final Map<Connection, Answer> answers = new HashMap<>();

    private record Answer(
            List<SourceTable> tables, @Nullable HeadworksException failure) {}

    public SourceListing(Setup setup, Workspace workspace) {
        this.setup = setup;
        this.workspace = workspace;
    }

    @Override
    public synchronized List<SourceTable> of(Connection connection) {
        Answer answer = answers.get(connection);
        if (answer == null) {
            answer = ask(connection);
            answers.put(connection, answer);
        }
        if (answer.failure() != null) {
            throw answer.failure();
        }
        return answer.tables();
    }

    private Answer ask(Connection connection) {
        String id = RunIds.next(setup.clock().instant());
        try (Engine engine = setup.engines().open(Resources.UNSET, workspace.staging(id));
                EngineSession session = engine.session(id, workspace.staging(id), new Cancellation());
                Source source = setup.connectors().openSource(connection, session)) {
            return new Answer(source.catalogue(), null);
        } catch (HeadworksException failure) {
            return new Answer(List.of(), failure);
        } finally {
            workspace.remove(id);
        }
    }
}
