package io.headworks.server;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.server.access.Audit;
import io.headworks.server.access.Sessions;
import io.headworks.server.access.TokenFile;
import io.headworks.server.access.Tokens;
import io.headworks.server.api.RunEvents;
import io.headworks.server.process.Program;
import io.headworks.server.process.StartRuns;
import io.headworks.server.process.Starts;
import io.headworks.server.route.Route;
import io.headworks.server.view.Platform;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The command center: listens, and answers with documents and pages. It never opens a target. */
public final class Server implements AutoCloseable {
    private static final long LARGEST_BODY = 256L << 10;

    private final ServerSettings settings;
    private final String ownersToken;
    private final RunEvents events;
    private final List<Route> routes;
    private final Javalin javalin;

    /**
     * Prepares it; nothing listens yet.
     *
     * @param program starts this program again, for what requests ask for
     * @param defects gets what went wrong within the server, for whoever runs it
     */
    public Server(ServerSettings settings, Platform platform, Program program, Consumer<Exception> defects) {
        this.settings = settings;
        Path folder = platform.workspace().root().resolve("server");
        this.ownersToken = TokenFile.of(folder.resolve("token"));
        Tokens tokens = new Tokens(ownersToken, platform.state(), platform.clock());
        Sessions sessions = new Sessions(tokens, platform.clock());
        Audit audit = new Audit(platform.state(), platform.clock());
        Gatekeeper gatekeeper = new Gatekeeper(tokens, sessions, audit, platform.clock());
        Starts starts = new Starts(program, folder.resolve("starts"), platform.clock());
        StartRuns startRuns = new StartRuns(starts, platform.state(), platform.clock());
        this.events = new RunEvents(platform);
        this.routes = new RouteTable(platform, tokens, audit, starts, startRuns, events, gatekeeper, settings).all();
        this.javalin = create(gatekeeper, defects);
    }

    private Javalin create(Gatekeeper gatekeeper, Consumer<Exception> defects) {
        Failures failures = new Failures(defects);
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = LARGEST_BODY;
            config.http.prefer405over404 = false;
            config.router.ignoreTrailingSlashes = false;
            config.jetty.host = settings.host();
            config.routes.before(ResponseHeaders::add);
            for (Route route : routes) {
                config.routes.addHttpHandler(
                        HandlerType.findOrCreate(route.verb().name()), route.path(), context -> {
                            try {
                                gatekeeper.pass(route, context);
                            } catch (Exception failed) {
                                failures.answer(route.answer(), failed, context);
                            }
                        });
            }
            config.routes.error(404, failures::unknownPath);
        });
    }

    /** All that it answers. */
    List<Route> routes() {
        return routes;
    }

    /**
     * Begins to listen.
     *
     * @throws HeadworksException of kind HELD when the port is taken
     */
    public Server start() {
        try {
            javalin.start(settings.host(), settings.port());
        } catch (JavalinBindException taken) {
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot listen on " + settings.host() + ":" + settings.port() + ": the port is taken",
                    "--port takes another; 0 is any that is free",
                    taken);
        }
        return this;
    }

    /** Where it listens. */
    public String address() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return "http://" + host + ":" + javalin.port();
    }

    /** The address that opens a session; whoever has it is admin. */
    public String loginAddress() {
        return address() + "/login?token=" + ownersToken;
    }

    @Override
    public void close() {
        events.close();
        javalin.stop();
    }
}
