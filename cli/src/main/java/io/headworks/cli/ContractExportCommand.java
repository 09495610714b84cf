package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.service.ExchangeContracts;
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
        description =
                "Write a contract as a document of the Open Data Contract Standard 3.1, or as a schema.yml of dbt",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw contract export orders",
            "  hw contract export orders --out orders.odcs.yaml",
            "  hw contract export orders --format dbt --out models/schema.yml"
        })
final class ContractExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A contract of the project")
    private String name = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "odcs, dbt (default: odcs)")
    private String format = "odcs";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (default: standard output)")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        ExchangeContracts contracts = new ExchangeContracts(invocation.projectOfFiles());
        ExchangeContracts.Given given = switch (format) {
            case "odcs" -> contracts.give(name);
            case "dbt" -> contracts.giveDbt(name);
            default ->
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot export " + name + " as " + format + ": the format is not known (allowed: odcs, dbt)",
                        "leave --format out for the Open Data Contract Standard");
        };
        Console console = invocation.console();
        String text = given.text();
        if (out == null) {
            text.lines().forEach(console::line);
        } else {
            OutputFile.write(out, text);
            console.line("wrote " + out);
        }
        given.findings().forEach(console::note);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("format", format);
        tree.put("file", out == null ? null : out.toString());
        tree.put("text", text);
        tree.put("findings", given.findings());
        console.document(tree);
        return 0;
    }
}
