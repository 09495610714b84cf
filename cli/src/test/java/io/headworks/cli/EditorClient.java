package io.headworks.cli;

import io.headworks.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An editor as {@code hw lsp} sees it: messages over the streams of a real process. */
final class EditorClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final OutputStream out;
    private final BlockingQueue<Map<String, Object>> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Map<String, Object>> diagnostics = new LinkedBlockingQueue<>();
    private long id;

    EditorClient(Path folder) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "lsp")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = process.getOutputStream();
        Thread reader = new Thread(this::listen, "editor");
        reader.setDaemon(true);
        reader.start();
    }

    private void listen() {
        try (InputStream in = process.getInputStream()) {
            while (true) {
                int length = length(in);
                if (length < 0) {
                    return;
                }
                Map<String, Object> message =
                        Json.readObject(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                if (message.containsKey("id")) {
                    answers.add(message);
                } else if ("textDocument/publishDiagnostics".equals(message.get("method"))) {
                    diagnostics.add(map(message.get("params")));
                }
            }
        } catch (IOException closed) {
            // The process has ended; whoever waits for an answer says so.
        }
    }

    private static int length(InputStream in) throws IOException {
        int length = -1;
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int c = in.read();
            while (c >= 0 && c != '\n') {
                line.write(c);
                c = in.read();
            }
            String header = line.toString(StandardCharsets.US_ASCII).strip();
            if (c < 0 || header.isEmpty()) {
                return length;
            }
            if (header.startsWith("Content-Length:")) {
                length = Integer.parseInt(
                        header.substring("Content-Length:".length()).strip());
            }
        }
    }

    @Nullable
    Object request(String method, @Nullable Object parameters) throws InterruptedException {
        Map<String, Object> message = message(method, parameters);
        message.put("id", ++id);
        send(message);
        Map<String, Object> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null || answer.containsKey("error")) {
            throw new AssertionError(method + " was answered by " + answer);
        }
        return answer.get("result");
    }

    void tell(String method, Object parameters) {
        send(message(method, parameters));
    }

    /** The problems of a file, as they are told next. */
    List<Map<String, Object>> problemsOf(Path file) throws InterruptedException {
        while (true) {
            Map<String, Object> told = diagnostics.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (told == null) {
                throw new AssertionError("nothing was told of " + file);
            }
            if (file.toUri().toString().equals(told.get("uri"))) {
                return ((List<?>) told.get("diagnostics"))
                        .stream().map(EditorClient::map).toList();
            }
        }
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server goes on");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) java.util.Objects.requireNonNull(value);
    }

    private static Map<String, Object> message(String method, @Nullable Object parameters) {
        Map<String, Object> message = new HashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("method", method);
        if (parameters != null) {
            message.put("params", parameters);
        }
        return message;
    }

    private void send(Map<String, Object> message) {
        byte[] bytes = Json.compact(message).getBytes(StandardCharsets.UTF_8);
        try {
            out.write(("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
