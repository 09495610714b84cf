package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.service.ExchangeContracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives contracts in other formats. */
@Command(
        name = "export",
        description = "Write a contract as a document of the Open Data Contract Standard 3.1",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw contract export orders", "  hw contract export orders --out orders.odcs.yaml"})
final class ContractExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A contract of the project")
    private String name = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "odcs (default: odcs)")
    private String format = "odcs";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (default: standard output)")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        if (!format.equals("odcs")) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot export " + name + " as " + format + ": "
                            + (format.equals("dbt") ? "it is not built yet" : "the format is not known")
                            + " (allowed: odcs)",
                    "leave --format out");
        }
        Console console = invocation.console();
        String text = new ExchangeContracts(invocation.projectOfFiles()).give(name);
        if (out == null) {
            text.lines().forEach(console::line);
        } else {
            write(out, text);
            console.line("wrote " + out);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("format", format);
        tree.put("file", out == null ? null : out.toString());
        tree.put("text", text);
        console.document(tree);
        return 0;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
