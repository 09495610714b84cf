package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.server.Server;
import io.headworks.server.ServerSettings;
import io.headworks.server.process.Program;
import io.headworks.server.view.Platform;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves pages and the HTTP API until it is interrupted. */
@Command(
        name = "serve",
        description = {
            "Serve pages and an HTTP API over this project until Ctrl-C.",
            "Only this machine reaches it, and only with the token that the first start makes."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw serve                                     on http://127.0.0.1:8470; open the address it prints",
            "  hw serve --port 0 --output json              on any free port, for a script",
            "  hw serve --host 0.0.0.0 --behind-proxy       a proxy in front of it speaks TLS",
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 is any free port (default: 8470)")
    private int port = 8470;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Which address of this machine to listen on (default: 127.0.0.1)")
    private String host = "127.0.0.1";

    @Option(
            names = "--behind-proxy",
            description =
                    "A proxy that speaks TLS stands in front: other addresses are allowed, cookies are for TLS alone")
    private boolean behindProxy;

    @Option(names = "--schedule", description = "Be the scheduler too, as hw schedule run")
    private boolean schedules;

    @Override
    public Integer call() throws InterruptedException {
        Invocation invocation = Invocation.of(spec);
        ServerSettings settings = new ServerSettings(host, port, behindProxy);
        Platform platform = new Platform(invocation.setup(), invocation.folder(), invocation.state(), invocation::load);
        Cancellation cancellation = new Cancellation();
        CountDownLatch stopped = new CountDownLatch(1);
        try (Signals signals = Signals.cancelling(cancellation);
                Cancellation.Registration stop = cancellation.onRequest(stopped::countDown);
                Server server = new Server(
                                settings, platform, program(invocation), failed -> report(invocation, failed))
                        .start()) {
            announce(invocation.console(), server);
            platform.files();
            await(invocation, stopped);
        }
        return 0;
    }

    private void await(Invocation invocation, CountDownLatch stopped) throws InterruptedException {
        if (!schedules) {
            stopped.await();
            return;
        }
        try (ScheduleThread scheduler = ScheduleThread.start(invocation)) {
            stopped.await();
        }
    }

    private static void announce(Console console, Server server) {
        console.line("serving on " + server.address() + " until Ctrl-C");
        console.line("sign in at " + server.loginAddress());
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("address", server.address());
        document.put("login", server.loginAddress());
        console.document(document);
    }

    /** A defect within the server, which goes on. */
    private static void report(Invocation invocation, Exception failed) {
        StringWriter trace = new StringWriter();
        failed.printStackTrace(new PrintWriter(trace));
        invocation.console().note("hw serve: a request failed: " + trace);
    }

    /** The launcher where there is one: it starts without the server's own classes. */
    private static Program program(Invocation invocation) {
        List<String> words = new ArrayList<>();
        String home = System.getProperty("headworks.home");
        if (home != null) {
            words.add(Path.of(home, "bin", "hw").toString());
        } else {
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        }
        HwCommand options = invocation.options();
        words.addAll(List.of("--project", invocation.folder().toAbsolutePath().toString(), "--no-color"));
        if (options.environment != null) {
            words.addAll(List.of("--env", options.environment));
        }
        options.variables.forEach((name, value) -> words.addAll(List.of("--var", name + "=" + value)));
        return new Program(words);
    }
}
