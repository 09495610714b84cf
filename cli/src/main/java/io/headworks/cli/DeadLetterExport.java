package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.run.Cancellation;
import io.headworks.core.reject.CorrectedRows;
import io.headworks.core.reject.HiddenValues;
import io.headworks.core.service.DeadLetters;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.PipelineSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes refused rows into a file to be corrected. */
@Command(
        name = "export",
        description = "Write refused rows into a file, a JSON object a line, to be corrected and replayed",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw deadletter export orders --out fix.jsonl",
            "  hw deadletter export orders --out fix.jsonl --code cast    only those of one code",
        })
final class DeadLetterExport implements Callable<Integer> {
    private static final int MOST = 50_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", description = "Whose rows")
    private String name;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file, which must not exist")
    private Path out = Path.of("");

    @Option(names = "--code", paramLabel = "CODE", description = "Only rows with this code")
    private @Nullable String code;

    @Option(names = "--reveal", description = "Also values of columns that the pipeline masks or hashes")
    private boolean reveal;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        try (Workbench bench = new Workbench(invocation.setup(), invocation.project(), new Cancellation())) {
            List<PipelineSpec> chosen = Chosen.of(bench.project(), List.of(name), List.of(), false);
            if (chosen.size() != 1) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot export dead letters of " + chosen.size() + " pipelines into one file",
                        "name one: " + chosen.stream().map(PipelineSpec::name).toList());
            }
            List<DeadLetter> letters = new DeadLetters(bench)
                    .list(chosen, false, MOST).stream()
                            .filter(letter -> code == null || letter.code().equals(code))
                            .toList();
            if (letters.isEmpty()) {
                invocation.console().line("no row waits in the dead letter; nothing was written");
            } else {
                CorrectedRows.write(
                        out, letters, reveal ? HiddenValues.NONE : HiddenValues.of(bench.project(), chosen.get(0)));
                invocation
                        .console()
                        .line(letters.size() + (letters.size() == 1 ? " row" : " rows") + " in " + out
                                + "; correct what is under \"row\", take out the lines that are to stay, then");
                invocation.console().line("  hw deadletter replay " + name + " --from " + out);
            }
            invocation
                    .console()
                    .document(Map.of("rows", letters.size(), "file", letters.isEmpty() ? "" : out.toString()));
        }
        return 0;
    }
}
