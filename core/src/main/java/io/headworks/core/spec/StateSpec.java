package io.headworks.core.spec;

import io.headworks.api.connection.Connection;
import java.util.Set;

/**
 * Where headworks.yml says that the state is kept.
 *
 * @param project the project's UUID
 * @param sensitive texts that must be masked
 */
public record StateSpec(Connection connection, String project, Set<String> sensitive) {
    public StateSpec {
        sensitive = Set.copyOf(sensitive);
    }

    /** Sensitive texts do not appear. */
    @Override
    public String toString() {
        return "state of " + project + " in " + connection;
    }
}
