package io.headworks.server.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be run.
 *
 * @param pipelines by name; at least one
 * @param from the window's beginning as {@code hw run --from} takes it; null for none
 * @param to its end
 */
public record RunRequest(
        List<String> pipelines,
        @Nullable String from,
        @Nullable String to,
        boolean fullRefresh,
        Map<String, String> variables) {
    public RunRequest {
        pipelines = List.copyOf(pipelines);
    }

    public static RunRequest of(String pipeline) {
        return new RunRequest(List.of(pipeline), null, null, false, Map.of());
    }

    /** For {@code hw}. Values are joined to their options, so that none is taken for an option itself. */
    List<String> arguments() {
        List<String> line = new ArrayList<>(List.of("run"));
        if (from != null) {
            line.add("--from=" + from);
        }
        if (to != null) {
            line.add("--to=" + to);
        }
        if (fullRefresh) {
            line.add("--full-refresh");
        }
        variables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> line.add("--var=" + each.getKey() + "=" + each.getValue()));
        line.add("--");
        line.addAll(pipelines);
        return line;
    }
}
