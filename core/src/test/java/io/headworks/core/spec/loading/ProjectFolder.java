package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.connection.Setting;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.SourceTable;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project folder for tests, written file by file. */
final class ProjectFolder {
    static final String HEAD = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            connections:
              landing: {type: files, path: data}
              warehouse: {type: duckdb, path: warehouse.duckdb}
            """;

    final Map<String, String> environment = new LinkedHashMap<>();
    final Inspections inspections = new Inspections();
    private final Path folder;

    /** What every source shows; null where none is asked. */
    @Nullable
    List<SourceTable> tables;

    @Nullable
    HeadworksException failure;

    ProjectFolder(Path folder) {
        this.folder = folder;
    }

    static ProjectFolder in(Path folder) {
        return new ProjectFolder(folder).with("headworks.yml", HEAD);
    }

    ProjectFolder with(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<SourceTable> shown(Connection connection) {
        if (failure != null) {
            throw failure;
        }
        return tables == null ? List.of() : tables;
    }

    LoadedProject load() {
        return load(null, Map.of());
    }

    LoadedProject load(@Nullable String environmentName, Map<String, String> variables) {
        ProjectLoader loader = new ProjectLoader(connectors(), () -> inspections, environment::get);
        return (tables == null ? loader : loader.asking(this::shown)).load(folder, environmentName, variables);
    }

    Project project() {
        LoadedProject loaded = load();
        if (loaded.project() == null) {
            throw new AssertionError("problems: " + String.join("\n", texts(loaded)));
        }
        return loaded.project();
    }

    /** {@code file:line:column code}. */
    List<String> codes() {
        return load().problems().stream()
                .map(problem -> problem.file() + ":" + problem.line() + ":" + problem.column() + " " + problem.code())
                .toList();
    }

    /** {@code file:line:column: message} and, after a bar, the hint. */
    List<String> messages() {
        return texts(load());
    }

    static List<String> texts(LoadedProject loaded) {
        return loaded.problems().stream()
                .map(problem -> problem + (problem.hint() == null ? "" : " | " + problem.hint()))
                .toList();
    }

    static List<Connector> connectors() {
        return List.of(
                new TestConnector("files", true, false, List.of(path())),
                new TestConnector("duckdb", true, true, List.of(path(), text("schema"))),
                new TestConnector("sqlite", true, true, List.of(path())),
                new TestConnector("parquet", false, true, List.of(path(), text("keep_versions"), text("keep_for"))),
                new TestConnector("postgresql", true, true, server()),
                new TestConnector("vault", true, true, List.of(text("user"), secret("password"))));
    }

    private static List<Setting> server() {
        return List.of(
                text("host"),
                text("port"),
                text("database"),
                text("user"),
                secret("password"),
                text("tls"),
                text("schema"));
    }

    private static Setting path() {
        return new Setting("path", Setting.Kind.PATH, true, null, List.of(), "Where it is.", "data");
    }

    private static Setting text(String key) {
        return new Setting(key, Setting.Kind.TEXT, false, null, List.of(), "A text.", null);
    }

    private static Setting secret(String key) {
        return new Setting(key, Setting.Kind.SECRET, false, null, List.of(), "A secret.", "\"${env:PASSWORD}\"");
    }

    private record TestConnector(String name, boolean isSource, boolean isTarget, List<Setting> settings)
            implements Connector {
        @Override
        public ConnectionType type() {
            return new ConnectionType(name, List.of(), "Connections of type " + name + ".", settings);
        }
    }

    /** Reads just enough SQL for these tests: names after FROM and JOIN; an unclosed parenthesis is an error. */
    static final class Inspections implements SqlInspector {
        int calls;

        @Override
        public List<Finding> inspect(List<Text> texts) {
            calls++;
            return texts.stream().map(text -> finding(text.sql())).toList();
        }

        private static Finding finding(String sql) {
            int open = sql.lastIndexOf("((");
            if (open >= 0) {
                return new Finding("syntax error at \"((\"", open, List.of(), List.of(), List.of());
            }
            List<String> tables = new ArrayList<>();
            String[] words = sql.split("[\\s(),]+");
            for (int i = 0; i + 1 < words.length; i++) {
                boolean follows = words[i].equalsIgnoreCase("from") || words[i].equalsIgnoreCase("join");
                if (follows && !words[i + 1].startsWith("{{")) {
                    tables.add(words[i + 1]);
                }
            }
            return new Finding(null, -1, tables, List.of(), List.of());
        }

        @Override
        public void close() {}
    }
}
