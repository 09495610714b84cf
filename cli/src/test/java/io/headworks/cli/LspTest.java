package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw lsp} as an editor uses it: a process, and messages over its streams. */
final class LspTest {
    private static final String MODEL = """
            /* model
            load: {strategy: truncate-reload}
            */
            SELECT o.order_id, o.amount
            FROM orders AS o
            """;

    @TempDir
    Path temporary;

    private Hw hw;
    private EditorClient editor;

    @BeforeEach
    void start() throws Exception {
        Path folder = temporary.toRealPath().resolve("shop");
        Hw.runAnywhere("init", folder.toString());
        hw = new Hw(folder);
        hw.write("models/models.yml", "defaults: {load: {connection: warehouse, strategy: truncate-reload}}\n");
        hw.write("models/big_orders.sql", MODEL);
        hw.replace("headworks.yml", "defaults:", "variables:\n  country: {default: IT}\ndefaults:");
        editor = new EditorClient(folder);
        editor.request("initialize", Map.of("capabilities", Map.of()));
        editor.tell("initialized", Map.of());
    }

    @AfterEach
    void stop() {
        editor.close();
    }

    private Path file(String name) {
        return hw.folder().resolve(name);
    }

    private String open(String name, String text) {
        String uri = file(name).toUri().toString();
        editor.tell(
                "textDocument/didOpen",
                Map.of("textDocument", Map.of("uri", uri, "languageId", "x", "version", 1, "text", text)));
        return uri;
    }

    private void change(String uri, String text) {
        editor.tell(
                "textDocument/didChange",
                Map.of(
                        "textDocument", Map.of("uri", uri, "version", 2),
                        "contentChanges", List.of(Map.of("text", text))));
    }

    /** Asks at the place that {@code |} marks in a text. */
    private Object ask(String method, String name, String marked) throws InterruptedException {
        int at = marked.indexOf('|');
        String before = marked.substring(0, at);
        String uri = open(name, before + marked.substring(at + 1));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int character = at - (before.lastIndexOf('\n') + 1);
        return editor.request(
                method,
                Map.of(
                        "textDocument", Map.of("uri", uri),
                        "position", Map.of("line", line, "character", character)));
    }

    private List<String> completions(String name, String marked) throws InterruptedException {
        return ((List<?>) Objects.requireNonNull(ask("textDocument/completion", name, marked)))
                .stream()
                        .map(each -> String.valueOf(EditorClient.map(each).get("label")))
                        .toList();
    }

    private String hover(String name, String marked) throws InterruptedException {
        Object hover = ask("textDocument/hover", name, marked);
        return hover == null
                ? "nothing"
                : String.valueOf(EditorClient.map(EditorClient.map(hover).get("contents"))
                        .get("value"));
    }

    private String definition(String name, String marked) throws InterruptedException {
        List<?> found = (List<?>) Objects.requireNonNull(ask("textDocument/definition", name, marked));
        if (found.isEmpty()) {
            return "nowhere";
        }
        Map<String, Object> location = EditorClient.map(found.get(0));
        Map<String, Object> start =
                EditorClient.map(EditorClient.map(location.get("range")).get("start"));
        String uri = String.valueOf(location.get("uri"));
        return uri.substring(uri.indexOf("/shop/") + 6) + ":" + start.get("line");
    }

    @Test
    void problemsAreThoseOfValidateAndGoWhenTheyAreMended() throws Exception {
        String right = Files.readString(file("pipelines/orders.yml"));
        String uri = open("pipelines/orders.yml", right.replace("  strategy: upsert", "  stratgy: upsert"));

        List<Map<String, Object>> problems = editor.problemsOf(file("pipelines/orders.yml"));

        Map<String, Object> unknown = problems.stream()
                .filter(each -> "unknown-key".equals(each.get("code")))
                .findFirst()
                .orElseThrow();
        long line =
                right.substring(0, right.indexOf("  strategy: upsert")).lines().count() - 1;
        assertThat(unknown.get("range"))
                .isEqualTo(Map.of(
                        "start", Map.of("line", line, "character", 4L), "end", Map.of("line", line, "character", 11L)));
        assertThat(String.valueOf(unknown.get("message")))
                .contains("Cannot use key 'stratgy'", "did you mean 'strategy'?");
        assertThat(problems).anyMatch(each -> "missing-key".equals(each.get("code")));

        change(uri, right);
        assertThat(editor.problemsOf(file("pipelines/orders.yml"))).isEmpty();
    }

    @Test
    void mistakesOfSqlAreShownInTheModel() throws Exception {
        open("models/big_orders.sql", MODEL.replace("FROM orders", "FROM ordes"));

        List<Map<String, Object>> problems = editor.problemsOf(file("models/big_orders.sql"));

        assertThat(problems).hasSize(1);
        assertThat(String.valueOf(problems.get(0).get("message"))).contains("ordes");
        assertThat(EditorClient.map(
                        EditorClient.map(problems.get(0).get("range")).get("start")))
                .isEqualTo(Map.of("line", 4L, "character", 5L));
    }

    @Test
    void keysAndWordsAreCompleted() throws Exception {
        String pipeline = "pipeline:\n  name: x\n  load:\n    connection: warehouse\n    ";

        assertThat(completions("pipelines/x.yml", pipeline + "|"))
                .contains("strategy", "merge_keys")
                .doesNotContain("connection", "extract");
        assertThat(completions("pipelines/x.yml", pipeline + "strategy: |")).contains("upsert", "truncate-reload");
        assertThat(completions("pipelines/x.yml", "pipeline:\n  load: {connection: |"))
                .containsExactly("landing", "warehouse");
        assertThat(completions("pipelines/x.yml", "pipeline:\n  extract: {connection: landing, |"))
                .contains("path", "columns")
                .doesNotContain("connection");
        assertThat(completions("headworks.yml", "connections:\n  w: {type: duckdb, |"))
                .containsExactly("path");
        assertThat(completions("models/big_orders.sql", "/* model\nload: {strategy: |}\n*/\nSELECT 1"))
                .contains("view");
    }

    @Test
    void datasetsColumnsAndVariablesAreCompletedInSql() throws Exception {
        assertThat(completions("models/big_orders.sql", "SELECT * FROM |")).contains("orders", "big_orders");
        assertThat(completions("models/big_orders.sql", "SELECT o.| FROM orders AS o"))
                .contains("order_id", "amount");
        assertThat(completions("models/big_orders.sql", "SELECT * FROM orders WHERE {{ |"))
                .contains("var.country", "changed(orders)", "now");
    }

    @Test
    void hoverSaysWhatItIs() throws Exception {
        assertThat(hover("pipelines/x.yml", "pipeline:\n  load: {merge_|keys: [a]}"))
                .contains("The columns that make two rows the same");
        assertThat(hover("models/big_orders.sql", "SELECT * FROM ord|ers"))
                .contains("Written by pipeline orders", "Columns: order_id");
        assertThat(hover("pipelines/x.yml", "pipeline:\n  load: {connection: ware|house}"))
                .contains("connection of type duckdb");
        assertThat(hover("models/big_orders.sql", "SEL|ECT 1")).isEqualTo("nothing");
    }

    @Test
    void definitionsAreFound() throws Exception {
        String orders = Files.readString(file("pipelines/orders.yml"));
        long name = orders.substring(0, orders.indexOf("name: orders")).lines().count() - 1;

        assertThat(definition("models/big_orders.sql", "SELECT * FROM ord|ers"))
                .isEqualTo("pipelines/orders.yml:" + name);
        assertThat(definition("pipelines/x.yml", "checks: {table: big_|orders}"))
                .isEqualTo("models/big_orders.sql:0");
        assertThat(definition("pipelines/x.yml", "pipeline:\n  load: {connection: ware|house}"))
                .startsWith("headworks.yml:");
        assertThat(definition("models/big_orders.sql", "SELECT {{ var.coun|try }}"))
                .startsWith("headworks.yml:");
        assertThat(definition("models/big_orders.sql", "SELECT nob|ody")).isEqualTo("nowhere");
    }

    @Test
    void itEndsWhenTheEditorSaysSo() throws Exception {
        editor.request("shutdown", null);
        editor.tell("exit", Map.of());

        assertThat(editor.exitCode()).isZero();
    }
}
