package io.headworks.cli;

import io.headworks.core.service.PipelineDocument;
import io.headworks.core.spec.Origin;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a resolved definition. */
@Command(
        name = "show",
        description = "Show a pipeline with every value filled in, and where each was written",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw show orders", "  hw show orders --env prod --output json"})
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The pipeline")
    private String name;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.project();
        List<PipelineSpec> chosen = Chosen.of(project, List.of(name), List.of(), false);
        for (PipelineSpec pipeline : chosen) {
            TextTable table = new TextTable("KEY", "VALUE", "FROM");
            for (Origin origin : pipeline.origins()) {
                table.row(origin.key(), origin.value(), origin.place() == null ? "default" : origin.place());
            }
            invocation.console().line(pipeline.name() + " → " + pipeline.writes());
            invocation.console().table(table);
        }
        invocation
                .console()
                .document(Map.of(
                        "pipelines",
                        chosen.stream()
                                .map(pipeline -> PipelineDocument.resolved(project, pipeline))
                                .toList()));
        return 0;
    }
}
