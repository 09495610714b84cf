package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.core.service.ProblemDocument;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads every file and shows all problems at once. */
@Command(
        name = "validate",
        description = "Check every file of the project and show all problems at once",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw validate", "  hw validate --env prod --output json"})
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        LoadedProject loaded = invocation.load();
        loaded.problems().forEach(console::problem);
        console.document(ProblemDocument.of(loaded.problems()));
        Project project = loaded.project();
        long errors = loaded.problems().stream().filter(Problem::isError).count();
        if (project == null) {
            console.line(errors + (errors == 1 ? " error" : " errors"));
            return FailureKind.PROJECT.exitCode();
        }
        int pipelines = project.pipelines().size();
        int contracts = project.contracts().current().size();
        int checks = project.checkFiles().size();
        console.line(console.colour().green("valid") + ": " + project.name() + ", environment "
                + project.environment().name() + ", " + pipelines + (pipelines == 1 ? " pipeline" : " pipelines")
                + (checks == 0 ? "" : ", " + checks + (checks == 1 ? " check file" : " check files"))
                + (contracts == 0 ? "" : ", " + contracts + (contracts == 1 ? " contract" : " contracts")));
        return 0;
    }
}
