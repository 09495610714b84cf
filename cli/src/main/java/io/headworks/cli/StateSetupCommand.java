package io.headworks.cli;

import io.headworks.api.state.StateHome;
import io.headworks.core.service.ProjectState;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateSetup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the state's tables, or prints how. */
@Command(
        name = "setup",
        description = "Make the state's tables where headworks.yml says, or print the SQL for it",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw state setup                make them; what is there already stays",
            "  hw state setup --print-sql    for somebody with more rights to run",
            "",
            "A run makes what is missing by itself when its user may.",
        })
final class StateSetupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--print-sql", description = "Print the statements; nothing is run, nor connected to")
    private boolean print;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        ProjectState state = invocation.state();
        StateHome home = state.home();
        List<String> statements = StateSetup.statements(home);
        if (!print) {
            try (StateDatabase made = state.open()) {
                console.line(made.home().place() + " is ready");
            }
        } else if (statements.isEmpty()) {
            console.line(home.place() + " needs no preparation");
        } else {
            statements.forEach(statement -> console.line(statement + ";"));
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("place", home.place());
        document.put("statements", statements);
        document.put("done", !print);
        console.document(document);
        return 0;
    }
}
