package io.headworks.cli;

import io.headworks.core.lint.Lacking;
import io.headworks.core.lint.Linter;
import io.headworks.core.service.ProblemDocument;
import io.headworks.core.spec.LintRule;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.ChoiceKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
            "  hw lint                 exit code 1 when something is found; what has no checks, contract or test",
            "                          is listed with the commands that propose them, and is no fault",
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
            Map<String, @Nullable Object> none = ProblemDocument.of(List.of());
            none.put("lacking", List.of());
            console.document(none);
            return 0;
        }
        Project project = invocation.projectOfFiles();
        List<Problem> found = Linter.of(project);
        found.forEach(console::problem);
        List<Lacking> lacking = Lacking.of(project);
        lacking(lacking, console);
        Map<String, @Nullable Object> document = ProblemDocument.of(found);
        document.put("lacking", lacking.stream().map(Lacking::document).toList());
        console.document(document);
        int pipelines = project.pipelines().size();
        console.line(
                found.isEmpty()
                        ? console.colour().green("nothing to complain about") + " in " + pipelines
                                + (pipelines == 1 ? " pipeline" : " pipelines")
                        : found.size() + (found.size() == 1 ? " warning" : " warnings"));
        return found.isEmpty() ? 0 : 1;
    }

    private static void lacking(List<Lacking> lacking, Console console) {
        if (lacking.isEmpty()) {
            return;
        }
        console.line("not there yet, which is no fault:");
        for (Lacking each : lacking) {
            console.line("  " + each.pipeline() + ": " + words(each.lacks()));
            each.commands().forEach(command -> console.line("    " + command));
            if (!each.tests().isEmpty()) {
                console.line("    its tests try at least: " + String.join(", ", each.tests()));
            }
        }
    }

    private static String words(List<String> rules) {
        return rules.stream().map(rule -> rule.replace('-', ' ')).collect(Collectors.joining(", "));
    }
}
