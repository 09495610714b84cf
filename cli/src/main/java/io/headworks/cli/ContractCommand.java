package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.contract.ContractCoverage;
import io.headworks.core.contract.ContractCoverage.Promise;
import io.headworks.core.service.CompareContracts;
import io.headworks.core.service.DescribeTable;
import io.headworks.core.service.Workbench;
import io.headworks.core.service.WriteContracts;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Project;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/** Groups what can be done with contracts. */
@Command(
        name = "contract",
        description = "Write, compare, publish and exchange contracts of tables",
        sortOptions = false,
        subcommands = {
            ContractCommand.Init.class,
            ContractCommand.Diff.class,
            ContractCommand.Publish.class,
            ContractCommand.Notice.class,
            ContractCommand.Coverage.class,
            ContractImportCommand.class,
            ContractExportCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw contract init marts.fct_orders",
            "  hw contract diff orders                what changed since it was published",
            "  hw contract publish orders",
            "  hw contract coverage"
        })
final class ContractCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw NothingAsked.of(spec);
    }

    private static WriteContracts writing(Invocation invocation, Project project) {
        return new WriteContracts(
                project, LocalDate.ofInstant(invocation.setup().clock().instant(), ZoneOffset.UTC));
    }

    /** Writes a contract from a table. */
    @Command(
            name = "init",
            description = {
                "Write a contract from a real table: its columns and types, its key, who reads it.",
                "It goes to contracts/NAME.yml; no file is written over."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw contract init marts.fct_orders", "  hw contract init warehouse:orders --dry-run"})
    static final class Init implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "TABLE", description = "A table, [connection:][schema.]table")
        private String table = "";

        @Option(names = "--dry-run", description = "Show the contract; write nothing")
        private boolean dryRun;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Project project = invocation.project();
            DescribeTable.Described described;
            try (Workbench bench = new Workbench(invocation.setup(), project, new Cancellation())) {
                described = new DescribeTable(bench).of(table);
            }
            String file = dryRun ? null : writing(invocation, project).create(described.name(), described.text());
            Console console = invocation.console();
            described.text().lines().forEach(console::line);
            if (file != null) {
                console.note("wrote " + file + "; next: say what the columns mean, then hw contract publish "
                        + described.name());
            }
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("name", described.name());
            tree.put("table", described.table().toString());
            tree.put("file", file);
            tree.put("text", described.text());
            console.document(tree);
            return 0;
        }
    }

    /** Compares versions. */
    @Command(
            name = "diff",
            description = {
                "Compare two versions of a contract: what is breaking, additive, cosmetic, and why.",
                "A version is a file, NAME, NAME@published, or NAME@REVISION of git."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  hw contract diff orders                      from what was published to what is written",
                "  hw contract diff orders@main orders",
                "  hw contract diff old.yml new.yml --output json",
                "",
                "Exit codes: 0 equal, 1 changes that break nothing, 6 breaking changes,",
                "2 the command line or a contract is wrong.",
            })
    static final class Diff implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "OLD", description = "The old version, or a contract's name")
        private String old = "";

        @Parameters(
                index = "1",
                paramLabel = "NEW",
                arity = "0..1",
                description = "The new version (default: from NAME@published to NAME)")
        private @Nullable String now;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            CompareContracts contracts = new CompareContracts(
                    invocation.setup(), invocation::projectOfFiles, invocation.options().variables);
            CompareContracts.Compared compared =
                    now == null ? contracts.between(old + "@published", old) : contracts.between(old, now);
            Console console = invocation.console();
            compared.changes()
                    .forEach(change -> console.line((change.isBreaking()
                                    ? console.colour().red(change.kind().key())
                                    : change.kind().key())
                            + ": " + change.what() + ": " + change.reason()));
            console.line(
                    compared.changes().isEmpty()
                            ? "no change"
                            : compared.changes().size() + (compared.changes().size() == 1 ? " change" : " changes")
                                    + " from " + compared.old().version() + " to "
                                    + compared.now().version() + ", compatibility: " + compared.compatibility());
            console.document(compared.document());
            return compared.exitCode();
        }
    }

    /** Publishes. */
    @Command(
            name = "publish",
            description = {
                "Make a contract the version that later changes are measured against.",
                "It is copied to contracts/published/NAME.yml, which git keeps. Refused (exit 6) where the policy of the"
                        + " published version does not allow what changed."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw contract publish orders"})
    static final class Publish implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "A contract of the project")
        private String name = "";

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            String file = writing(invocation, invocation.projectOfFiles()).publish(name);
            invocation.console().line("wrote " + file + "; commit it");
            invocation.console().document(Map.of("name", name, "file", file));
            return 0;
        }
    }

    /** Opens a notice. */
    @Command(
            name = "notice",
            description = {
                "Announce what breaks against the published version, for policy notify-30-days.",
                "Runs with the change are refused until the notice takes effect, thirty days after it was opened."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw contract notice orders      writes contracts/notices/orders-3.0.0-2026-03-01.yml"})
    static final class Notice implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "A contract of the project")
        private String name = "";

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            WriteContracts.Opened opened =
                    writing(invocation, invocation.projectOfFiles()).notice(name);
            Console console = invocation.console();
            opened.notice().changes().forEach(change -> console.line("breaking: " + change));
            console.line("wrote " + opened.file() + ", in effect from "
                    + opened.notice().effective());
            List<Contract.Consumer> consumers = opened.contract().consumers();
            console.line("tell "
                    + (consumers.isEmpty()
                            ? "those who read " + opened.contract().table()
                            : consumers) + ": nothing is sent to notification_channel yet");
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", name);
            tree.put("version", opened.notice().version());
            tree.put("file", opened.file());
            tree.put("opened", opened.notice().opened().toString());
            tree.put("effective", opened.notice().effective().toString());
            tree.put("changes", opened.notice().changes());
            console.document(tree);
            return 0;
        }
    }

    /** Says what is enforced. */
    @Command(
            name = "coverage",
            description = "List each promise of the contracts with what enforces it, or as documentation only",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw contract coverage", "  hw contract coverage orders --output json"})
    static final class Coverage implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", arity = "0..*", description = "Contracts (default: all)")
        private List<String> names = List.of();

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Project project = invocation.projectOfFiles();
            for (String name : names) {
                if (project.contracts().named(name).isEmpty()) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "Cannot show contract " + name + ": it is not known (contracts: "
                                    + project.contracts().current().stream()
                                            .map(Contract::name)
                                            .toList()
                                    + ")");
                }
            }
            List<Promise> promises = project.contracts().current().stream()
                    .filter(contract -> names.isEmpty() || names.contains(contract.name()))
                    .flatMap(contract -> ContractCoverage.of(project, contract).stream())
                    .toList();
            TextTable table = new TextTable("CONTRACT", "PROMISE", "KEPT BY", "DOCUMENTATION ONLY");
            promises.forEach(each -> table.row(each.contract(), each.promise(), each.keptBy(), each.why()));
            Console console = invocation.console();
            console.table(table);
            long enforced = promises.stream().filter(Promise::isEnforced).count();
            console.line(enforced + " of " + promises.size() + " promises are enforced");
            console.document(
                    Map.of("promises", promises.stream().map(Promise::document).toList(), "enforced", enforced));
            return 0;
        }
    }
}
