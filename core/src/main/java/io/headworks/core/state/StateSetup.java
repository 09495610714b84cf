package io.headworks.core.state;

import io.headworks.api.state.StateHome;
import java.util.List;
import java.util.stream.Stream;

/** What somebody with more rights runs, so that the project's user needs none to define anything. */
public final class StateSetup {
    private StateSetup() {}

    /** Statements that make the tables and let the user of this home use them; none where there is nobody to ask. */
    public static List<String> statements(StateHome home) {
        return home instanceof StateFile
                ? List.of()
                : Stream.concat(Migrations.statements(home, 0).stream(), home.granting().stream())
                        .map(String::strip)
                        .toList();
    }
}
