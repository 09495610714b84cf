package io.headworks.cli;

import io.headworks.core.lint.Linter;
import io.headworks.core.service.ProblemDocument;
import io.headworks.core.spec.LintRule;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.ChoiceKind;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what is valid and will be regretted. */
@Command(
        name = "lint",
        description = "Look for what is valid and regretted later: missing owners, unchecked keys, select *",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw lint                 exit code 1 when something is found",
            "  hw lint --rules         what each rule is about",
            "",
            "In headworks.yml, to turn rules off: lint: {off: [select-star]}",
        })
final class LintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rules", description = "List the rules; needs no project")
    private boolean rules;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        if (rules) {
            TextTable table = new TextTable(List.of("RULE", "FINDS"));
            for (LintRule rule : LintRule.values()) {
                table.row(List.of(ChoiceKind.spelling(rule), rule.description()));
            }
            console.table(table);
            console.document(ProblemDocument.of(List.of()));
            return 0;
        }
        Project project = invocation.projectOfFiles();
        List<Problem> found = Linter.of(project);
        found.forEach(console::problem);
        console.document(ProblemDocument.of(found));
        int pipelines = project.pipelines().size();
        console.line(
                found.isEmpty()
                        ? console.colour().green("nothing to complain about") + " in " + pipelines
                                + (pipelines == 1 ? " pipeline" : " pipelines")
                        : found.size() + (found.size() == 1 ? " warning" : " warnings"));
        return found.isEmpty() ? 0 : 1;
    }
}
