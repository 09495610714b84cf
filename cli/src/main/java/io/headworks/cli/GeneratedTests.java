package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.run.Cancellation;
import io.headworks.core.proof.GenerateTests;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes generated tests into files that are not there yet. */
final class GeneratedTests {

    private GeneratedTests() {}

    static int write(Invocation invocation, String pipeline, List<String> masked) {
        Console console = invocation.console();
        Project project = invocation.project();
        Cancellation cancellation = new Cancellation();
        GenerateTests.Generated generated;
        try (Signals signals = Signals.cancelling(cancellation)) {
            generated = new GenerateTests(
                            invocation.setup(),
                            project,
                            Chosen.of(project, List.of(pipeline), List.of(), false)
                                    .get(0),
                            masked,
                            cancellation)
                    .generate();
        }
        generated
                .files()
                .keySet()
                .forEach(file -> refusePresent(invocation.folder().resolve(file)));
        generated.files().forEach((file, text) -> write(invocation.folder().resolve(file), text));
        generated.files().keySet().forEach(file -> console.line("written: " + file));
        console.line(generated.tests() + " tests say what " + pipeline
                + " does now: read each, and correct what it should do");
        console.line(
                generated.masked().isEmpty()
                        ? "no column looks personal: --mask COLUMN masks one"
                        : "masked: " + String.join(", ", generated.masked()));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("tests", List.of());
        document.put("passed", 0);
        document.put("failed", 0);
        document.put("errors", 0);
        document.put("rewritten", List.copyOf(generated.files().keySet()));
        console.document(document);
        return 0;
    }

    private static void refusePresent(Path file) {
        if (Files.exists(file)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot write " + file + ": it is there already",
                    "move it away, or add tests to it by hand");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
