package io.headworks.cli;

import io.headworks.api.failure.HeadworksException;
import io.headworks.core.json.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says: one JSON document or text on standard output, everything else on standard error. */
final class Console {
    private final PrintWriter out;
    private final PrintWriter err;
    private final HwCommand options;

    private Console(PrintWriter out, PrintWriter err, HwCommand options) {
        this.out = out;
        this.err = err;
        this.options = options;
    }

    static Console of(CommandSpec spec, HwCommand options) {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), options);
    }

    boolean isJson() {
        return options.output == HwCommand.OutputForm.json;
    }

    /** A line of the result; nothing when a document is asked for. */
    void line(String text) {
        if (!isJson()) {
            out.println(text);
        }
    }

    /** The one document; nothing when text is asked for. */
    void document(Map<String, ? extends @Nullable Object> tree) {
        if (isJson()) {
            out.println(Json.pretty(tree));
        }
    }

    /** Something on the way, for people who watch. */
    void note(String text) {
        if (!options.quiet) {
            err.println(text);
            err.flush();
        }
    }

    /** Why a command failed, and what to do next. */
    void failure(HeadworksException failure) {
        err.println("hw: " + failure.getMessage());
        if (failure.hint() != null) {
            err.println("    " + failure.hint());
        }
        if (options.verbose) {
            failure.printStackTrace(err);
        }
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", failure.kind().name().toLowerCase(java.util.Locale.ROOT));
        error.put("message", failure.getMessage());
        error.put("hint", failure.hint());
        error.put("exit_code", failure.kind().exitCode());
        document(Map.of("error", error));
    }
}
