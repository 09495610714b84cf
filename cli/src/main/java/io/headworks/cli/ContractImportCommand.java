package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.core.service.ExchangeContracts;
import io.headworks.core.service.ProblemDocument;
import io.headworks.core.service.WriteContracts;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes contracts of the standard. */
@Command(
        name = "import",
        description = {
            "Write contracts from a document of the Open Data Contract Standard, 3.0 or 3.1: one for each of its tables.",
            "What has no equivalent is carried in the contract and comes out again with hw contract export."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw contract import orders.odcs.yaml --connection warehouse",
            "  hw contract import orders.odcs.yaml --connection warehouse --dry-run"
        })
final class ContractImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The document")
    private Path file = Path.of("");

    @Option(names = "--connection", required = true, paramLabel = "NAME", description = "Where its tables are")
    private String connection = "";

    @Option(names = "--dry-run", description = "Show the contracts; write nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        Project project = invocation.projectOfFiles();
        ExchangeContracts.Taken taken = new ExchangeContracts(project).take(file, connection);
        taken.problems().forEach(console::problem);
        WriteContracts writing = new WriteContracts(
                project, LocalDate.ofInstant(invocation.setup().clock().instant(), ZoneOffset.UTC));
        List<String> files = new ArrayList<>();
        taken.texts().forEach((name, text) -> {
            if (dryRun) {
                text.lines().forEach(console::line);
            } else {
                files.add(writing.create(name, text));
            }
        });
        files.forEach(each -> console.line("wrote " + each));
        taken.findings().forEach(console::line);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("contracts", List.copyOf(taken.texts().keySet()));
        tree.put("files", files);
        tree.put("findings", taken.findings());
        tree.putAll(ProblemDocument.of(taken.problems()));
        console.document(tree);
        return taken.texts().isEmpty() ? FailureKind.PROJECT.exitCode() : 0;
    }
}
