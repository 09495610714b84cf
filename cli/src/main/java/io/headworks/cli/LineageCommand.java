package io.headworks.cli;

import io.headworks.api.engine.SelectReader;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.core.lineage.ColumnWalk;
import io.headworks.core.lineage.DatasetLineage;
import io.headworks.core.lineage.DatasetWalk;
import io.headworks.core.lineage.Edge;
import io.headworks.core.lineage.LineageDocument;
import io.headworks.core.lineage.LineageMermaid;
import io.headworks.core.lineage.LineageText;
import io.headworks.core.lineage.ProjectLineage;
import io.headworks.core.service.KeptColumns;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where columns come from and where they go. */
@Command(
        name = "lineage",
        description = "Show which columns a dataset is made from, or what is made from it",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw lineage by_customer                              its columns, and all it is made from",
            "  hw lineage by_customer --column amount              one column, up to its sources",
            "  hw lineage stg_orders --column amount --downstream  all that changes with it",
            "  hw lineage by_customer --mermaid                    a chart for Markdown",
        })
final class LineageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A pipeline or model")
    private String name;

    @Option(names = "--column", paramLabel = "C", description = "Only this column of its table")
    private @Nullable String column;

    @Option(names = "--upstream", description = "What it is made from (default)")
    private boolean upstream;

    @Option(names = "--downstream", description = "What is made from it")
    private boolean downstream;

    @Option(names = "--mermaid", description = "A Mermaid flowchart instead of a tree")
    private boolean mermaid;

    @Override
    public Integer call() {
        if (upstream && downstream) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot show --upstream and --downstream at once: ask for one of them");
        }
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.project();
        ProjectLineage lineage = lineage(invocation, project);
        DatasetLineage start = start(project, lineage);
        String wanted = column;
        if (wanted == null) {
            dataset(lineage, start, invocation.console());
        } else {
            column(lineage, start, wanted, invocation.console());
        }
        return 0;
    }

    static ProjectLineage lineage(Invocation invocation, Project project) {
        try (SelectReader reader = invocation.setup().engines().selects()) {
            return ProjectLineage.of(
                    project,
                    reader,
                    new KeptColumns(invocation.memory(), project.environment().name()));
        }
    }

    private DatasetLineage start(Project project, ProjectLineage lineage) {
        return lineage.ofPipeline(name).orElseGet(() -> {
            List<String> names = List.copyOf(lineage.all().keySet());
            String nearest = Nearest.to(name, names);
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot show the lineage of '" + name + "': there is no such pipeline in " + project.name(),
                    nearest == null ? "hw ls lists the pipelines" : "did you mean " + nearest + "?");
        });
    }

    private void dataset(ProjectLineage lineage, DatasetLineage start, Console console) {
        if (mermaid) {
            LineageMermaid.ofDatasets(start.dataset(), new DatasetWalk(lineage).edges(start.dataset(), !downstream))
                    .forEach(console::line);
        } else {
            columnsOf(start, console);
            new LineageText(lineage).datasets(start.dataset(), !downstream).forEach(console::line);
        }
        console.document(new LineageDocument(lineage).ofDataset(start, !downstream));
    }

    private static void columnsOf(DatasetLineage start, Console console) {
        String unknown = start.unknown();
        if (unknown != null) {
            console.line(LineageText.sentence(start.dataset(), unknown));
            console.line("");
            return;
        }
        console.line(start.pipeline() + " → " + start.dataset());
        for (Column each : start.columns()) {
            console.line("  " + each.name() + from(each.from()));
        }
        if (!start.complete()) {
            console.line("  and what else " + start.rest() + " has: its columns are not known before a first run");
        }
        if (!start.rows().uses().isEmpty()) {
            console.line("  which rows" + from(start.rows()));
        }
        console.line("");
    }

    private static String from(Dependence from) {
        return from.uses().entrySet().stream()
                .map(use -> use.getKey() + " " + LineageText.uses(use.getValue()))
                .collect(Collectors.joining("; ", from.uses().isEmpty() ? "" : " ← ", ""));
    }

    private void column(ProjectLineage lineage, DatasetLineage start, String wanted, Console console) {
        String unknown = start.unknown();
        if (unknown != null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot show the lineage of " + start.dataset() + "(" + wanted + "): "
                            + LineageText.sentence(start.dataset(), unknown));
        }
        String stored = start.column(wanted)
                .map(Column::name)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot show the lineage of " + start.dataset() + ": column '" + wanted
                                + "' is missing (columns: " + String.join(", ", start.columnNames()) + ")"));
        SourceColumn from = new SourceColumn(start.dataset(), stored);
        ColumnWalk walk = new ColumnWalk(lineage);
        List<Edge> edges = downstream ? walk.down(List.of(from)) : walk.up(List.of(from));
        if (mermaid) {
            LineageMermaid.ofColumns(from, edges).forEach(console::line);
        } else {
            new LineageText(lineage).columns(from, edges, !downstream).forEach(console::line);
            if (downstream) {
                Set<String> reached = new LinkedHashSet<>(List.of(start.dataset()));
                edges.forEach(edge -> reached.add(edge.to().table()));
                new DatasetWalk(lineage)
                        .blind(reached)
                        .forEach(blind -> console.line(
                                "perhaps " + LineageText.sentence(blind.dataset(), String.valueOf(blind.unknown()))));
            }
        }
        console.document(new LineageDocument(lineage).ofColumn(start, stored, edges, !downstream));
    }
}
