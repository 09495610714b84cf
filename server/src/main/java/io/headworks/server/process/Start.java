package io.headworks.server.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A child process that a request started.
 *
 * @param arguments from the command on
 * @param by who asked
 * @param processStartedAt tells it from a later process with the same id
 * @param exitCode null while it runs, and when the server ended before it
 */
public record Start(
        String id,
        List<String> arguments,
        String by,
        String startedAt,
        long pid,
        String processStartedAt,
        @Nullable Integer exitCode) {
    public Start {
        arguments = List.copyOf(arguments);
    }

    Start ended(int code) {
        return new Start(id, arguments, by, startedAt, pid, processStartedAt, code);
    }

    /** True while the process lives. */
    public boolean isAlive() {
        return exitCode == null
                && ProcessHandle.of(pid)
                        .filter(process -> startOf(process).equals(processStartedAt))
                        .isPresent();
    }

    static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }

    /** As it is kept and shown. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("start_id", id);
        tree.put("arguments", arguments);
        tree.put("started_by", by);
        tree.put("started_at", startedAt);
        tree.put("pid", pid);
        tree.put("process_started_at", processStartedAt);
        tree.put("exit_code", exitCode);
        return tree;
    }

    static Start of(Map<String, @Nullable Object> tree) {
        Object arguments = tree.get("arguments");
        Object code = tree.get("exit_code");
        Object pid = tree.get("pid");
        return new Start(
                String.valueOf(tree.get("start_id")),
                arguments instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of(),
                String.valueOf(tree.get("started_by")),
                String.valueOf(tree.get("started_at")),
                pid instanceof Number number ? number.longValue() : 0,
                String.valueOf(tree.get("process_started_at")),
                code instanceof Number number ? number.intValue() : null);
    }
}
