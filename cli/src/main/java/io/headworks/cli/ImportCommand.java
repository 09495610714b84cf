package io.headworks.cli;

import io.headworks.core.imports.Draft;
import io.headworks.core.imports.Finding;
import io.headworks.core.imports.ImportProject;
import io.headworks.core.imports.ImportProject.Prepared;
import io.headworks.core.imports.dbt.DbtDraft;
import io.headworks.core.imports.sling.SlingDraft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes projects of those of other tools. */
@Command(
        name = "import",
        description = "Make a project of one of another tool, and list what could not be taken over",
        sortOptions = false,
        subcommands = {ImportCommand.Dbt.class, ImportCommand.Sling.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw import dbt ../jaffle_shop --dry-run",
            "  hw import dbt ../jaffle_shop --into shop",
            "  hw import sling replication.yaml --connections env.yaml"
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw NothingAsked.of(spec);
    }

    /** Where to write, and whether. */
    static final class Destination {
        @Option(
                names = "--into",
                paramLabel = "DIR",
                description = "Where to write (default: a folder called NAME_headworks); no file is written over")
        private @Nullable Path into;

        @Option(names = "--dry-run", description = "Say what would be written; write nothing")
        private boolean dryRun;
    }

    /** A dbt project. */
    @Command(
            name = "dbt",
            description = {
                "Make a project of a dbt project: models, seeds, snapshots, tests, sources, variables.",
                "What has no equivalent is listed with file, line and reason, and the exit code is 1."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  hw import dbt ../jaffle_shop --dry-run",
                "  hw import dbt ../jaffle_shop --into shop && hw --project shop run --all"
            })
    static final class Dbt implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "The folder of dbt_project.yml")
        private Path folder = Path.of("");

        @Option(
                names = "--profiles-dir",
                paramLabel = "DIR",
                description = "The folder of profiles.yml (default: DIR); passwords in it are not taken over")
        private @Nullable Path profiles;

        @Mixin
        private final Destination destination = new Destination();

        @Override
        public Integer call() {
            Draft draft = new DbtDraft(folder, profiles, UUID.randomUUID().toString());
            return write(spec, draft, "dbt project " + draft.name(), destination);
        }
    }

    /** A replication of Sling. */
    @Command(
            name = "sling",
            description = {
                "Make a project of a replication of Sling: a pipeline for each stream.",
                "What has no equivalent is listed with line and reason, and the exit code is 1."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  hw import sling replication.yaml --dry-run",
                "  hw import sling replication.yaml --type MY_PG=postgresql --type MY_DUCKDB=duckdb"
            })
    static final class Sling implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The replication, a YAML file")
        private Path file = Path.of("");

        @Option(
                names = "--connections",
                paramLabel = "FILE",
                description = "Sling's env.yaml (default: the one beside FILE); passwords in it are not taken over")
        private @Nullable Path connections;

        @Option(
                names = "--type",
                paramLabel = "NAME=TYPE",
                description = "What a connection is, where env.yaml does not say: postgresql, mysql, duckdb, sqlite")
        private Map<String, String> types = Map.of();

        @Mixin
        private final Destination destination = new Destination();

        @Override
        public Integer call() {
            Draft draft =
                    new SlingDraft(file, connections, types, UUID.randomUUID().toString());
            return write(spec, draft, "replication " + file, destination);
        }
    }

    private static int write(CommandSpec spec, Draft draft, String source, Destination destination) {
        Invocation invocation = Invocation.of(spec);
        ImportProject imports = new ImportProject(
                invocation.setup().connectors().all(), invocation.setup().engines()::inspector);
        Prepared prepared = imports.prepare(draft, source);
        Path into = destination.into == null
                ? Path.of(draft.name().replaceAll("[^A-Za-z0-9_-]+", "_") + "_headworks")
                : destination.into;
        if (!destination.dryRun) {
            imports.write(prepared, into);
        }
        Console console = invocation.console();
        prepared.files()
                .keySet()
                .forEach(name -> console.line((destination.dryRun ? "would write " : "wrote ") + into.resolve(name)));
        for (Finding each : prepared.findings()) {
            boolean leftOut = each.outcome() == Finding.Outcome.LEFT_OUT;
            console.line(each.place() + ": "
                    + (leftOut
                            ? console.colour().yellow("not imported")
                            : console.colour().dim("differs")) + ": "
                    + each.subject() + ": " + each.reason());
        }
        console.line(summary(prepared, into, destination.dryRun));
        console.document(document(prepared, into, destination.dryRun));
        return prepared.isWhole() ? 0 : 1;
    }

    private static String summary(Prepared prepared, Path into, boolean dryRun) {
        long leftOut = prepared.findings().stream()
                .filter(each -> each.outcome() == Finding.Outcome.LEFT_OUT)
                .count();
        long differs = prepared.findings().size() - leftOut;
        return prepared.files().size() + (dryRun ? " files to write" : " files") + ", " + leftOut + " not imported, "
                + differs + " not quite the same"
                + (dryRun ? "" : "; next: hw --project " + into + " validate, hw --project " + into + " plan");
    }

    private static Map<String, @Nullable Object> document(Prepared prepared, Path into, boolean dryRun) {
        List<Object> findings = new ArrayList<>();
        for (Finding each : prepared.findings()) {
            Map<String, @Nullable Object> finding = new LinkedHashMap<>();
            finding.put(
                    "outcome", each.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            finding.put("subject", each.subject());
            finding.put("file", each.file());
            finding.put("line", each.line());
            finding.put("reason", each.reason());
            findings.add(finding);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("folder", into.toAbsolutePath().normalize().toString());
        tree.put("written", !dryRun);
        tree.put("files", new ArrayList<>(prepared.files().keySet()));
        tree.put("findings", findings);
        return tree;
    }
}
