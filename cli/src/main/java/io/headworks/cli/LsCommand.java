package io.headworks.cli;

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
        description = "List the pipelines, each after those it reads from",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw ls", "  hw ls tag:sales", "  hw ls +daily_delays      all that it is made from"})
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
        List<PipelineSpec> chosen = Chosen.of(project, selected, excluded, true);
        for (PipelineSpec pipeline : chosen) {
            table.row(
                    pipeline.name(),
                    pipeline.extract().connection() + ":" + PipelineDocument.reading(pipeline),
                    pipeline.writes(),
                    pipeline.load().strategy().key(),
                    pipeline.owner(),
                    String.join(", ", pipeline.tags()));
        }
        invocation.console().table(table);
        invocation
                .console()
                .document(Map.of(
                        "pipelines",
                        chosen.stream()
                                .map(pipeline -> PipelineDocument.of(project, pipeline))
                                .toList()));
        return 0;
    }
}
