package io.headworks.core.imports.sling;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.imports.Draft;
import io.headworks.core.imports.Finding;
import io.headworks.core.imports.NewFile;
import io.headworks.core.imports.Written;
import io.headworks.core.imports.YamlText;
import io.headworks.core.imports.jinja.NotRewritable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A replication of Sling, to be written as a project of ours. */
public final class SlingDraft implements Draft {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z_][A-Z0-9_]*)}?");

    private final Path file;
    private final Path connections;
    private final Map<String, String> types;
    private final String id;

    /**
     * @param connections Sling's env.yaml; null for the one beside the file
     * @param types what connections are, by name
     * @param id the UUID of the project that is made
     */
    public SlingDraft(Path file, @Nullable Path connections, Map<String, String> types, String id) {
        this.file = file.toAbsolutePath();
        this.connections = connections == null
                ? Objects.requireNonNull(this.file.getParent()).resolve("env.yaml")
                : connections;
        this.types = types;
        this.id = id;
    }

    @Override
    public String name() {
        return SlingConnections.name(fileName().replaceFirst("\\.\\w+$", ""));
    }

    private String fileName() {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    @Override
    public Rewritten project(Map<String, String> refused) {
        List<Finding> findings = new ArrayList<>();
        Written replication = replication(findings);
        String source = needed(replication, "source");
        String target = needed(replication, "target");
        SlingConnections known = new SlingConnections(Objects.requireNonNull(file.getParent()), known(findings), types);
        Map<String, NewFile> files = new LinkedHashMap<>();
        Map<String, String> owners = new LinkedHashMap<>();
        Map<String, Object> used = new LinkedHashMap<>();
        used.put(SlingConnections.name(source), known.of(source));
        used.put(SlingConnections.name(target), known.of(target));
        List<SlingStream> streams = streams(replication);
        for (SlingStream stream : streams) {
            if (stream.isFiles()) {
                used.put("local", known.of("LOCAL"));
            }
        }
        for (SlingStream stream : streams) {
            write(stream, streams, source, target, refused, files, owners, findings);
        }
        for (String key : List.of("hooks", "env")) {
            replication
                    .at(key)
                    .entries()
                    .forEach((name, value) -> findings.add(Finding.leftOut(
                            key + " " + name, fileName(), value.line(), "a setting of Sling has no meaning here")));
        }
        files.put("headworks.yml", new NewFile.Written(head(used)));
        files.put(".gitignore", new NewFile.Written(".headworks/\n*.duckdb\n*.duckdb.wal\n"));
        return new OfFiles(files, findings, owners);
    }

    private void write(
            SlingStream stream,
            List<SlingStream> all,
            String source,
            String target,
            Map<String, String> refused,
            Map<String, NewFile> files,
            Map<String, String> owners,
            List<Finding> findings) {
        String why = stream.at("disabled").text("").equalsIgnoreCase("true")
                ? "it is disabled"
                : refused.get(stream.subject());
        if (why == null) {
            String name = unique(stream.shortName(), files);
            StreamPipeline pipeline = new StreamPipeline(stream, source, target, fileName());
            try {
                List<String> excluded = all.stream()
                        .filter(stream::takes)
                        .map(SlingStream::table)
                        .toList();
                String path = "pipelines/" + name + ".yml";
                files.put(path, new NewFile.Written(YamlText.of(Map.of("pipeline", pipeline.of(name, excluded)))));
                pipeline.sql().forEach((each, sql) -> files.put(each, new NewFile.Written(sql)));
                owners.put(path, stream.subject());
                pipeline.sql().keySet().forEach(each -> owners.put(each, stream.subject()));
                findings.addAll(pipeline.notes());
            } catch (NotRewritable unknown) {
                why = unknown.reason();
            }
        }
        if (why != null) {
            findings.add(Finding.leftOut(stream.subject(), fileName(), stream.line(), why));
        }
    }

    private static String unique(String name, Map<String, NewFile> files) {
        String free = name;
        for (int i = 2; files.containsKey("pipelines/" + free + ".yml"); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static List<SlingStream> streams(Written replication) {
        List<SlingStream> streams = new ArrayList<>();
        Written all = replication.at("streams");
        all.entries()
                .forEach((name, own) ->
                        streams.add(SlingStream.of(name, all.lineOf(name), replication.at("defaults"), own)));
        return streams;
    }

    private String head(Map<String, Object> connections) {
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("name", name());
        project.put("id", id);
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("project", project);
        head.put("connections", connections);
        return YamlText.of(head);
    }

    private Written replication(List<Finding> findings) {
        try {
            String text = Files.readString(file);
            Written raw = single(text, findings);
            Map<String, Written> environment = raw.at("env").entries();
            String filled = VARIABLE.matcher(text).replaceAll(found -> {
                Written value = environment.getOrDefault(found.group(1), Written.NOTHING);
                return Matcher.quoteReplacement(value.text("${env:" + found.group(1) + "}"));
            });
            return filled.equals(text) ? raw : single(filled, findings);
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot import " + file + ": " + IoReason.of(unreadable),
                    "name a replication of Sling, a YAML file with source, target and streams",
                    unreadable);
        }
    }

    private Written single(String text, List<Finding> findings) {
        List<Written> documents = Written.in(text.getBytes(StandardCharsets.UTF_8), fileName(), findings);
        return documents.isEmpty() ? Written.NOTHING : documents.get(0);
    }

    private String needed(Written replication, String key) {
        String text = replication.at(key).text();
        if (text == null || !replication.at("streams").isMap()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot import " + file + ": it is no replication of Sling (needed: source, target, streams)",
                    null);
        }
        return text;
    }

    private Written known(List<Finding> findings) {
        if (!Files.isRegularFile(connections)) {
            return Written.NOTHING;
        }
        List<Written> documents = Written.in(connections, "env.yaml", findings);
        return documents.isEmpty() ? Written.NOTHING : documents.get(0).at("connections");
    }
}
