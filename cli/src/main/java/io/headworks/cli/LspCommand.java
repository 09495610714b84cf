package io.headworks.cli;

import io.headworks.cli.lsp.EditorServer;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Talks with an editor. */
@Command(
        name = "lsp",
        description = {
            "Talk with an editor over standard input and output: problems, completion, hover, go to definition.",
            "Editors start it; see docs/editor.md for their settings."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw lsp      in an editor's settings, as the command of a language server for YAML and SQL"})
final class LspCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        EditorServer server = new EditorServer(
                invocation.setup().connectors().all(), invocation.setup().engines()::inspector, Version.current());
        // Not the streams of the console: what is written there are messages, byte for byte.
        return server.serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }
}
