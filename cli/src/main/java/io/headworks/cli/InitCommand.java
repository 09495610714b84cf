package io.headworks.cli;

import io.headworks.core.service.InitProject;
import io.headworks.core.spec.reference.ProjectFileSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a project. */
@Command(
        name = "init",
        description = "Make a project with one commented pipeline that runs as it is",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw init shop && cd shop && hw run orders"})
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where (default: this folder)")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        String schema = ProjectFileSchema.json(invocation.setup().connectors().all());
        List<String> written = new InitProject(folder.toAbsolutePath(), schema).write();
        written.forEach(name -> console.line("wrote " + folder.resolve(name)));
        if (!folder.toString().isEmpty()) {
            console.line("next: cd " + folder);
        }
        console.line((folder.toString().isEmpty() ? "next: " : "      ") + "hw validate, hw plan, hw run orders,"
                + " hw query \"select * from orders\"");
        console.document(Map.of("folder", folder.toAbsolutePath().toString(), "files", written));
        return 0;
    }
}
