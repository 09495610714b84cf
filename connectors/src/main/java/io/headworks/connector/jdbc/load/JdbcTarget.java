package io.headworks.connector.jdbc.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.target.Target;
import io.headworks.connector.jdbc.session.JdbcSettings;
import io.headworks.connector.relational.RelationalTarget;
import io.headworks.connector.relational.ServerSession;
import java.util.ArrayList;
import java.util.List;

/** Opens a database to load into by JDBC. */
public final class JdbcTarget {
    private JdbcTarget() {}

    public static Target open(JdbcSettings settings, EngineSession engine) {
        JdbcSpelling spelling = new JdbcSpelling(settings.dialect());
        return new RelationalTarget(
                new ServerSession(new JdbcServer(settings, spelling)), engine, spelling, limits(spelling));
    }

    private static List<String> limits(JdbcSpelling spelling) {
        String product = spelling.database();
        List<String> limits = new ArrayList<>();
        limits.add("Readers of the table may have to wait until the load commits, as " + product
                + " keeps no older versions of rows unless it was told to.");
        if (spelling.dialect().forms().changesCommit()) {
            limits.add(product + " commits with every change of a table's columns: those are made before the load's"
                    + " transaction, only ever add, and stay when the load fails.");
        }
        if (!spelling.dialect().forms().inUtc()) {
            limits.add(product + " has no instants: a timestamp with a zone is kept as its time in UTC.");
        }
        return limits;
    }
}
