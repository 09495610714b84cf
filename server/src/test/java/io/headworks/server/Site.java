package io.headworks.server;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineFactory;
import io.headworks.core.connection.Connectors;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.loading.ProjectLoader;
import io.headworks.server.access.Caller;
import io.headworks.server.access.Role;
import io.headworks.server.access.Tokens;
import io.headworks.server.process.Program;
import io.headworks.server.route.Route;
import io.headworks.server.view.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** A server on loopback over a project of one pipeline, with a clock that is moved by hand. */
final class Site implements AutoCloseable {
    final List<Exception> defects = new ArrayList<>();
    final Path folder;
    final ProjectState state;
    final Tokens tokens;
    private final Server server;
    private final HandClock clock = new HandClock();

    /** What came back. */
    record Answer(int status, String head, String body) {}

    private static final class HandClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    Site(Path folder, String description) {
        this.folder = folder;
        write(
                "headworks.yml",
                "project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}\n"
                        + "connections:\n  landing: {type: files, path: data}\n"
                        + "  warehouse: {type: duckdb, path: warehouse.duckdb}\n");
        write(
                "pipelines/orders.yml",
                "pipeline:\n  name: orders\n  description: " + description + "\n"
                        + "  extract: {connection: landing, path: orders.csv, columns: {id: int64}, strategy: full}\n"
                        + "  load: {connection: warehouse, table: orders, strategy: truncate-reload}\n");
        List<Connector> connectors = new ArrayList<>();
        ServiceLoader.load(Connector.class).forEach(connectors::add);
        EngineFactory engines =
                ServiceLoader.load(EngineFactory.class).findFirst().orElseThrow();
        Setup setup = new Setup(new Connectors(connectors), engines, clock, "test");
        this.state = new ProjectState(setup, folder);
        Platform platform = new Platform(
                setup,
                folder,
                state,
                () -> new ProjectLoader(connectors, engines::inspector).load(folder, null, Map.of()));
        this.server = new Server(
                        new ServerSettings("127.0.0.1", 0, false),
                        platform,
                        new Program(List.of("/bin/false")),
                        defects::add)
                .start();
        this.tokens = new Tokens(ownersToken(), state, clock);
    }

    private void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String ownersToken() {
        String address = server.loginAddress();
        return address.substring(address.indexOf('=') + 1);
    }

    /** A token of that role; null for ever. */
    String token(Role role, @Nullable Duration life) {
        return tokens.give(role.key(), role, life, new Caller("test", Role.ADMIN, null))
                .secret();
    }

    void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    List<Route> routes() {
        return server.routes();
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** The path goes out as it is written: no client that tidies it up stands in between. */
    Answer send(String verb, String path, String body, String... headers) {
        URI address = URI.create(server.address());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder request = new StringBuilder(verb + " " + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nConnection: close\r\nContent-Length: " + bytes.length + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return answer(read(socket.getInputStream()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        in.transferTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Answer answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
    }

    @Override
    public void close() {
        server.close();
    }
}
