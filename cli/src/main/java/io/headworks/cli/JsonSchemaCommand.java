package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.json.Json;
import io.headworks.core.spec.reference.ProjectFileSchema;
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
import picocli.CommandLine.Spec;

/** Writes the JSON Schema of project files, for editors. */
@Command(
        name = "json-schema",
        description = "Write the JSON Schema of project files, so that editors complete and check them",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw json-schema > headworks.schema.json",
            "  hw json-schema --out headworks.schema.json",
            "",
            "In a file: # yaml-language-server: $schema=../headworks.schema.json",
        })
final class JsonSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there (default: standard output)")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        String schema = ProjectFileSchema.json(invocation.setup().connectors().all());
        if (out == null) {
            invocation.console().line(schema.strip());
            invocation.console().document(Json.readObject(schema));
            return 0;
        }
        try {
            Files.writeString(out, schema);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + out + ": " + IoReason.of(failed), null, failed);
        }
        invocation.console().line("wrote " + out);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("file", out.toString());
        invocation.console().document(tree);
        return 0;
    }
}
