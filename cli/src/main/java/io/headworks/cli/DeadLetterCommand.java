package io.headworks.cli;

import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.run.Cancellation;
import io.headworks.core.service.DeadLetters;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.PipelineSpec;
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

/** Groups what can be done with refused rows. */
@Command(
        name = "deadletter",
        description = "List rows that were refused, show one, correct them, run them again",
        sortOptions = false,
        subcommands = {
            DeadLetterCommand.ListThem.class,
            DeadLetterCommand.Show.class,
            DeadLetterExport.class,
            ReplayCommand.class,
            DeadLetterPurge.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw deadletter list orders",
            "  hw deadletter show 0192f3c4",
            "  hw deadletter export orders --out fix.jsonl    edit the rows in it, then",
            "  hw deadletter replay orders --from fix.jsonl",
            "  hw deadletter replay orders                    all as they are",
        })
final class DeadLetterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw NothingAsked.of(spec);
    }

    /** Lists refused rows. */
    @Command(
            name = "list",
            description = "List refused rows, newest first",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  hw deadletter list                 of every pipeline",
                "  hw deadletter list orders --all    also those that were replayed"
            })
    static final class ListThem implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "SELECT", arity = "0..*", description = "Pipelines (default: all)")
        private List<String> selected = List.of();

        @Option(names = "--all", description = "Also those that a later run resolved")
        private boolean all;

        @Option(
                names = "--limit",
                paramLabel = "N",
                converter = NumberArgument.Positive.class,
                description = "At most so many (default: 50)")
        private int limit = 50;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            try (Workbench bench = new Workbench(invocation.setup(), invocation.project(), new Cancellation())) {
                List<PipelineSpec> chosen = Chosen.choice(bench.project(), selected, List.of(), true)
                        .orRefusal()
                        .pipelines();
                DeadLetters kept = new DeadLetters(bench);
                List<DeadLetter> letters = kept.list(chosen, all, limit).stream()
                        .map(letter -> kept.hidden(letter).in(letter))
                        .toList();
                TextTable table = new TextTable("ID", "PIPELINE", "STAGE", "CODE", "SOURCE", "REASON");
                for (DeadLetter letter : letters) {
                    table.row(
                            letter.id(),
                            letter.pipeline(),
                            letter.stage(),
                            letter.code(),
                            letter.source() == null
                                    ? null
                                    : letter.source() + (letter.line() == null ? "" : ":" + letter.line()),
                            letter.reason());
                }
                if (table.isEmpty()) {
                    invocation.console().line("no row waits in the dead letter");
                } else {
                    invocation.console().table(table);
                }
                invocation
                        .console()
                        .document(Map.of(
                                "dead_letters",
                                letters.stream().map(DeadLetters::document).toList()));
            }
            return 0;
        }
    }

    /** Shows one refused row. */
    @Command(
            name = "show",
            description = "Show a refused row with all that is known of it",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  hw deadletter show 01a206b1-ed65",
                "  hw deadletter show 01a206b1-ed65 --reveal    with what its pipeline masks"
            })
    static final class Show implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", description = "The beginning of its id")
        private String id;

        @Option(names = "--reveal", description = "Also values of columns that the pipeline masks or hashes")
        private boolean reveal;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            try (Workbench bench = new Workbench(invocation.setup(), invocation.project(), new Cancellation())) {
                DeadLetters kept = new DeadLetters(bench);
                DeadLetter found = kept.byId(bench.project().pipelines(), id);
                DeadLetter letter = reveal ? found : kept.hidden(found).in(found);
                Map<String, @Nullable Object> document = DeadLetters.document(letter);
                document.forEach((key, value) -> {
                    if (value != null) {
                        invocation.console().line(String.format("%-16s%s", key.replace('_', ' '), value));
                    }
                });
                Map<String, @Nullable Object> tree = new LinkedHashMap<>();
                tree.put("dead_letter", document);
                invocation.console().document(tree);
            }
            return 0;
        }
    }
}
