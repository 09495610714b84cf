package io.headworks.cli;

import io.headworks.core.contract.ContractSummary;
import io.headworks.core.service.Choice;
import io.headworks.core.service.PipelineDocument;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists pipelines. */
@Command(
        name = "ls",
        description = "List the pipelines, each after those it reads from, and the contracts of their tables",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw ls",
            "  hw ls shop               the tables that shop takes from its source",
            "  hw ls tag:sales",
            "  hw ls +daily_delays      all that it is made from",
        })
final class LsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SELECT",
            arity = "0..*",
            description = "A name, shop.*, tag:x, path:folder, changed:REV, +x, x+ (default: all)")
    private List<String> selected = List.of();

    @Option(names = "--exclude", paramLabel = "SELECT", description = "Leave these out; may be repeated")
    private List<String> excluded = List.of();

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.project();
        TextTable table = new TextTable("PIPELINE", "READS", "WRITES", "STRATEGY", "OWNER", "TAGS");
        Choice choice = Chosen.choice(project, selected, excluded, true);
        List<PipelineSpec> chosen = choice.pipelines();
        for (PipelineSpec pipeline : chosen) {
            table.row(
                    pipeline.name(),
                    PipelineDocument.source(project, pipeline),
                    pipeline.writes(),
                    pipeline.load().strategy().key(),
                    pipeline.owner(),
                    String.join(", ", pipeline.tags()));
        }
        invocation.console().table(table);
        List<ContractSummary> contracts = contracts(project, chosen);
        contracts(contracts, invocation.console());
        RefusedLines.show(choice.refused(), "is no pipeline", invocation.console());
        invocation
                .console()
                .document(Map.of(
                        "pipelines",
                        chosen.stream()
                                .map(pipeline -> PipelineDocument.of(project, pipeline))
                                .toList(),
                        "contracts",
                        contracts.stream().map(ContractSummary::document).toList(),
                        "refused",
                        RefusedLines.document(choice.refused())));
        return RefusedLines.exitCode(choice.refused());
    }

    /** Those of the tables that the chosen pipelines write; all of them when nothing was chosen. */
    private List<ContractSummary> contracts(Project project, List<PipelineSpec> chosen) {
        boolean all = selected.isEmpty() && excluded.isEmpty();
        return ContractSummary.all(project.contracts()).stream()
                .filter(each -> all
                        || chosen.stream()
                                .anyMatch(pipeline ->
                                        pipeline.writes().equals(each.contract().table())))
                .toList();
    }

    private static void contracts(List<ContractSummary> contracts, Console console) {
        if (contracts.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("CONTRACT", "VERSION", "PUBLISHED", "TABLE", "OWNER", "POLICY", "READ BY");
        contracts.forEach(each -> table.row(
                each.contract().name(),
                each.contract().version(),
                each.publishedVersion(),
                each.contract().table(),
                each.contract().owner(),
                each.policy(),
                each.consumers()));
        console.line("");
        console.table(table);
    }
}
