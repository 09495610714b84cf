package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.diff.DiffDocument;
import io.headworks.core.diff.DiffRequest;
import io.headworks.core.diff.DiffResult;
import io.headworks.core.service.AcrossEnvironments;
import io.headworks.core.service.DiffTables;
import io.headworks.core.service.HeldFile;
import io.headworks.core.service.Workbench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two tables. */
@Command(
        name = "diff",
        description = "Compare two tables in any two systems, row by row",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw diff shop:public.orders warehouse:orders",
            "  hw diff landing:orders.csv orders --key order_id --tolerance amount=0.01",
            "  hw diff shop:orders orders --exclude updated_at --limit 5 --export differences.csv",
            "  hw diff orders@dev orders@prod             the same table of two environments",
            "  hw diff shop:orders orders --where \"updated_at < date '2026-01-01'\" --ignore-case",
            "",
            "Exit codes: 0 equal, 1 differences (or the comparison failed, which a message says),",
            "2 the command line or the project is wrong, 5 a table is out of reach.",
        })
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "A table or path, [connection:]name[@environment]")
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "Another")
    private String b;

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            split = ",",
            description = "What tells rows apart (default: merge keys of the pipeline that loads a side, else a primary"
                    + " key)")
    private List<String> key = List.of();

    @Option(
            names = "--columns",
            paramLabel = "COLUMN",
            split = ",",
            description = "Compare only these, and the key (default: all)")
    private List<String> columns = List.of();

    @Option(names = "--exclude", paramLabel = "COLUMN", split = ",", description = "Leave these out")
    private List<String> exclude = List.of();

    @Option(
            names = "--tolerance",
            paramLabel = "COLUMN=DISTANCE",
            split = ",",
            description = "Values up to this far apart are equal: 0.01 for numbers, 500ms, 1s or 2d for times")
    private Map<String, String> tolerances = new LinkedHashMap<>();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Compare only rows for which this holds, on both sides")
    private @Nullable String where;

    @Option(names = "--where-a", paramLabel = "CONDITION", description = "The same for A alone, in its own SQL")
    private @Nullable String whereA;

    @Option(names = "--where-b", paramLabel = "CONDITION", description = "The same for B alone")
    private @Nullable String whereB;

    @Option(names = "--ignore-case", description = "Texts that differ only in case are equal, in keys too")
    private boolean ignoreCase;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = NumberArgument.NotNegative.class,
            description = "Show at most so many differences (default: 20)")
    private int limit = 20;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write all differences into FILE.csv or FILE.parquet")
    private @Nullable Path export;

    @Option(names = "--allow-empty", description = "Two tables without rows are equal (default: exit code 1)")
    private boolean allowEmpty;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "How long to wait for a file that a run holds (default: 30s)")
    private Duration wait = Duration.ofSeconds(30);

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        AcrossEnvironments environments =
                new AcrossEnvironments(invocation.projectToLookAtData(), invocation::projectToLookAtData);
        DiffRequest request = request(environments);
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation);
                Workbench bench = new Workbench(invocation.setup(), environments.project(), cancellation)) {
            DiffTables tables = new DiffTables(bench, environments);
            DiffResult result = new HeldFile(bench.state(), cancellation, wait).whenFree(() -> tables.run(request));
            new DiffLines(invocation.console()).show(result);
            invocation.console().document(DiffDocument.of(result));
            return result.exitCode();
        }
    }

    private DiffRequest request(AcrossEnvironments environments) {
        Path file = export == null ? null : export.toAbsolutePath();
        if (file != null) {
            String name = file.toString();
            Path folder = file.getParent();
            if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
                throw new ParameterException(
                        spec.commandLine(), "Cannot export into " + export + ": its ending must be .csv or .parquet");
            } else if (folder == null || !Files.isDirectory(folder)) {
                throw new ParameterException(
                        spec.commandLine(), "Cannot export into " + export + ": there is no such folder");
            }
        }
        DiffRequest.Where rows =
                new DiffRequest.Where(whereA == null ? where : whereA, whereB == null ? where : whereB);
        return new DiffRequest(
                environments.resolve("compare", a),
                environments.resolve("compare", b),
                key,
                columns,
                exclude,
                tolerances,
                limit,
                file,
                allowEmpty,
                rows,
                ignoreCase);
    }
}
