package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.profile.Findings;
import io.headworks.core.profile.ProfileDocument;
import io.headworks.core.service.HeldFile;
import io.headworks.core.service.ProfileTable;
import io.headworks.core.service.Workbench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes a table by its rows. */
@Command(
        name = "quality",
        description = {
            "Describe a table by its rows: NULLs, distinct and frequent values, ranges, shapes, keys.",
            "Values that point at people are masked. Nothing is written."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw quality fct_orders",
            "  hw quality landing:orders.csv",
            "  hw quality warehouse:marts.fct_orders --output json",
        })
final class QualityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE-or-PATH", description = "A table or path, [connection:]name")
    private String table;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "How long to wait for a file that a run holds (default: 30s)")
    private Duration wait = Duration.ofSeconds(30);

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation);
                Workbench bench = new Workbench(invocation.setup(), invocation.projectToLookAtData(), cancellation)) {
            ProfileTable profile = new ProfileTable(bench);
            Findings findings = new HeldFile(bench.state(), cancellation, wait).whenFree(() -> profile.run(table));
            new QualityLines(invocation.console()).show(findings);
            invocation.console().document(ProfileDocument.of(findings));
        }
        return 0;
    }
}
