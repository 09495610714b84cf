package io.headworks.cli;

import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateRestore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a backup into an empty state. */
@Command(
        name = "restore",
        description = "Read a backup into the state, which must be empty: after a loss, or to move it to a server",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw state restore .headworks/backups/state-20260301T100000.db",
            "  hw state restore .headworks/state.db    once headworks.yml names a server: what the file holds",
        })
final class StateRestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What hw state backup wrote; it stays as it is")
    private Path file;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        try (StateDatabase state = invocation.state().open()) {
            long runs = StateRestore.read(file, state);
            String place = state.home().place();
            invocation.console().line("restored " + runs + " runs into " + place);
            invocation
                    .console()
                    .document(Map.of("restored", Map.of("file", file.toString(), "place", place, "runs", runs)));
        }
        return 0;
    }
}
