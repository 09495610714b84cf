package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.run.Cancellation;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.PlanText;
import io.headworks.core.plan.RecordTree;
import io.headworks.core.plan.Request;
import io.headworks.core.service.PlanPipeline;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what a run would do. */
@Command(
        name = "plan",
        description = "Show what a run would do, without doing it",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw plan orders", "  hw plan --all --output json"})
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private HwCommand options;

    @Parameters(paramLabel = "SELECT", arity = "0..*", description = "Pipelines by name (default: all)")
    private List<String> selected = List.of();

    @Option(names = "--from", paramLabel = "X", description = "Start of the slice, inclusive")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "Y", description = "End of the slice, exclusive")
    private @Nullable String to;

    @Option(names = "--full-refresh", description = "As if everything were loaded again")
    private boolean fullRefresh;

    @Override
    public Integer call() {
        Console console = Console.of(spec, options);
        Setup setup = Assembly.setup();
        Project project = new OpenProject(options, setup).orProblems(console);
        if (project == null) {
            return FailureKind.PROJECT.exitCode();
        }
        List<Object> documents = new ArrayList<>();
        try (PlanPipeline planning = new PlanPipeline(setup, project)) {
            for (PipelineSpec pipeline : Choice.of(project, selected, selected.isEmpty())) {
                Plan plan = planning.plan(pipeline, new Request(from, to, fullRefresh), new Cancellation());
                Graph.@Nullable Node node = project.graph().nodes().get(pipeline.name());
                PlanText.of(plan, node == null ? List.of() : node.downstream()).forEach(console::line);
                documents.add(RecordTree.of(plan));
            }
        }
        console.document(Map.of("plans", documents));
        return 0;
    }
}
