package io.headworks.cli;

import io.headworks.api.failure.HeadworksException;
import io.headworks.core.json.Json;
import io.headworks.core.service.ProblemDocument;
import io.headworks.core.spec.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command says: one JSON document or text on standard output, everything else on standard error. Secrets of the
 * project are masked on both.
 */
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

    Colour colour() {
        return options.colour();
    }

    /** True when somebody may watch lines that change. */
    boolean isWatched() {
        return options.terminals().contains(HwCommand.Stream.err) && !options.quiet;
    }

    boolean isQuiet() {
        return options.quiet;
    }

    /** A line of the result; nothing when a document is asked for. */
    void line(String text) {
        if (!isJson()) {
            out.println(options.masker.mask(text));
        }
    }

    void table(TextTable table) {
        if (!isJson()) {
            table.lines(colour(), options.masker).forEach(out::println);
        }
    }

    /** The one document; nothing when text is asked for. */
    void document(Map<String, ? extends @Nullable Object> tree) {
        if (isJson()) {
            out.println(Json.pretty(options.masker.maskTree(tree)));
        }
    }

    /** Something on the way, for people who watch. */
    void note(String text) {
        if (!options.quiet) {
            err.println(options.masker.mask(text));
            err.flush();
        }
    }

    /** Writes over the lines that were drawn last; for {@link Progress} alone. */
    void draw(List<String> lines, int drawnBefore) {
        if (drawnBefore > 0 || !lines.isEmpty()) {
            String up = drawnBefore > 1 ? "\u001b[" + (drawnBefore - 1) + "A" : "";
            err.print(up + "\r\u001b[J" + options.masker.mask(String.join("\n", lines)));
            err.flush();
        }
    }

    void problem(Problem problem) {
        String kind = problem.isError() ? colour().red("error") : colour().yellow("warning");
        String place =
                problem.line() == 0 ? problem.file() : problem.file() + ":" + problem.line() + ":" + problem.column();
        line(place + ": " + kind + ": " + problem.message() + colour().dim(" [" + problem.code() + "]"));
        if (problem.hint() != null) {
            line("    " + problem.hint());
        }
    }

    /** Why a command failed, and what to do next; the document says the same. */
    void failure(HeadworksException failure) {
        if (failure instanceof BrokenProject broken) {
            broken.problems().forEach(problem -> complain(problem.toString(), problem.hint()));
        }
        complain("hw: " + failure.getMessage(), failure.hint());
        if (options.verbose) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            err.print(options.masker.mask(trace.toString()));
        }
        err.flush();
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", failure.kind().name().toLowerCase(Locale.ROOT));
        error.put("owner", failure.kind().owner().name().toLowerCase(Locale.ROOT));
        error.put("message", failure.getMessage());
        error.put("hint", failure.hint());
        error.put("exit_code", failure.kind().exitCode());
        if (failure instanceof BrokenProject broken) {
            error.putAll(ProblemDocument.of(broken.problems()));
        }
        document(Map.of("error", error));
    }

    private void complain(String message, @Nullable String hint) {
        err.println(options.masker.mask(message));
        if (hint != null) {
            err.println("    " + options.masker.mask(hint));
        }
    }
}
