package io.headworks.cli;

import io.headworks.core.service.RunPipelines;
import io.headworks.core.spec.TableGroup.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what a command line meant and was refused, while the rest was done. */
final class RefusedLines {

    private RefusedLines() {}

    /** @param what became of them, as "skipped" */
    static void show(Map<String, Refusal> refused, String what, Console console) {
        refused.forEach((name, refusal) -> {
            console.line(name + " " + what + ": " + refusal.message());
            if (refusal.hint() != null) {
                console.line("  " + refusal.hint());
            }
        });
    }

    /** Messages by name. */
    static Map<String, @Nullable Object> document(Map<String, Refusal> refused) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        refused.forEach((name, refusal) -> tree.put(name, refusal.message()));
        return tree;
    }

    static int exitCode(Map<String, Refusal> refused) {
        return RunPipelines.worst(refused.values().stream()
                .map(refusal -> refusal.kind().exitCode())
                .toList());
    }
}
