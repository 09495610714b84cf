package io.headworks.connector.postgres.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.target.Target;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.relational.RelationalTarget;
import io.headworks.connector.relational.ServerSession;
import java.util.List;
import java.util.Objects;

/** Opens PostgreSQL to load into. */
public final class PostgresTarget {
    private static final String USUAL_SCHEMA = "public";
    private static final List<String> LIMITS =
            List.of("Readers see the old rows until the load commits; other writers of the table wait.");

    private PostgresTarget() {}

    public static Target open(PostgresSettings settings, EngineSession engine) {
        PostgresSpelling spelling = new PostgresSpelling(Objects.requireNonNullElse(settings.schema(), USUAL_SCHEMA));
        return new RelationalTarget(
                new ServerSession(new PostgresServer(settings, spelling)), engine, spelling, LIMITS);
    }
}
