package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headworks.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw serve} as a process, from the first line it prints to a run that a request started. */
final class ServeTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path temporary;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path folder;
    private Process server;
    private String address;
    private String token;

    @BeforeEach
    void serve() throws IOException {
        folder = temporary.resolve("shop");
        assertThat(Hw.runAnywhere("init", folder.toString()).exitCode()).isZero();
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--project",
                        folder.toString(),
                        "serve",
                        "--port",
                        "0",
                        "--output",
                        "json")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String document = document(server.inputReader(StandardCharsets.UTF_8));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("../docs/reference/documents/serve.schema.json")))
                        .validate(document, InputFormat.JSON))
                .isEmpty();
        Map<String, Object> said = Json.readObject(document);
        address = String.valueOf(said.get("address"));
        token = Files.readString(folder.resolve(".headworks/server/token")).strip();
        assertThat(String.valueOf(said.get("login"))).isEqualTo(address + "/login?token=" + token);
    }

    private static String document(BufferedReader out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            text.append(line);
            if (line.equals("}")) {
                return text.toString();
            }
        }
        throw new IllegalStateException("the server ended: " + text);
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(143);
    }

    @Test
    void aRequestStartsARunInAProcessOfItsOwnAndOnlyOnceForAKey() throws Exception {
        HttpResponse<String> first = start("monday");
        HttpResponse<String> again = start("monday");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(((Number) Objects.requireNonNull(
                                Json.readObject(first.body()).get("pid")))
                        .longValue())
                .isNotEqualTo(server.pid());
        Map<String, Object> ended = ended(first.headers().firstValue("Location").orElseThrow());
        assertThat(ended).as(ended.toString()).containsEntry("exit_code", 0L);
        List<?> runs = (List<?>) Objects.requireNonNull(ended.get("runs"));
        assertThat(runs).singleElement().asString().contains("pipeline_name=orders", "status=success");
        assertThat((List<?>) new Hw(folder).json("runs").get("runs")).hasSize(1);
        assertThat(get("/api/v1/audit")).contains("start-runs", "owner", "202");
    }

    private HttpResponse<String> start(String key) throws IOException, InterruptedException {
        return client.send(
                request("/api/v1/runs")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString("{\"pipelines\": [\"orders\"]}"))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Asks again until the process is over. */
    private Map<String, Object> ended(String location) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Map<String, Object> start = Json.readObject(get(location));
        while (start.get("exit_code") == null && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(50);
            start = Json.readObject(get(location));
        }
        return start;
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + token);
    }
}
