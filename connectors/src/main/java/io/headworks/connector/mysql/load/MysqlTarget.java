package io.headworks.connector.mysql.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.target.Target;
import io.headworks.connector.relational.RelationalTarget;
import io.headworks.connector.relational.ServerSession;
import io.headworks.connector.server.ServerSettings;
import java.util.List;

/** Opens MySQL to load into. */
public final class MysqlTarget {
    private static final List<String> LIMITS = List.of(
            "Readers see the old rows until the load commits.",
            "MySQL commits with every change of a table's columns: those are made before the load's transaction, only ever"
                    + " add, and stay when the load fails.");

    private MysqlTarget() {}

    public static Target open(ServerSettings settings, EngineSession engine) {
        MysqlSpelling spelling = new MysqlSpelling(settings.database());
        return new RelationalTarget(new ServerSession(new MysqlServer(settings, spelling)), engine, spelling, LIMITS);
    }
}
