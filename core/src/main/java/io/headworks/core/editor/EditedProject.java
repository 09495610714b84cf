package io.headworks.core.editor;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.SqlInspector;
import io.headworks.core.json.Json;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.loading.ProjectLoader;
import io.headworks.core.spec.reference.ProjectFileSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A project that somebody works on. Texts that are not saved yet lie over the files. One thread at a time.
 *
 * <p>Places of a file's text are those of {@link Position}; files are named relative to the project, with {@code /}.
 */
public final class EditedProject {
    private final Path folder;
    private final ProjectLoader loader;
    private final SchemaWalk schema;
    private final Map<String, String> unsaved = new TreeMap<>();
    private @Nullable ProjectNames names;

    public EditedProject(Path folder, List<Connector> connectors, Supplier<SqlInspector> inspector) {
        this.folder = folder;
        this.loader = new ProjectLoader(connectors, inspector);
        this.schema = new SchemaWalk(Json.readObject(ProjectFileSchema.json(connectors)));
    }

    /** The text of a file as somebody has it open. */
    public void edited(String file, String text) {
        unsaved.put(file, text);
        names = null;
    }

    /** From here on the file on the disk counts. */
    public void closed(String file) {
        unsaved.remove(file);
        names = null;
    }

    /** Files on the disk may be others. */
    public void changedOnDisk() {
        names = null;
    }

    /** What {@code hw validate} would say, by file. */
    public Map<String, List<Diagnosis>> diagnoses() {
        Map<String, List<Diagnosis>> found = new TreeMap<>();
        for (Problem problem : loader.over(unsaved).load(folder, null, Map.of()).problems()) {
            TextLines lines = new TextLines(text(problem.file()));
            found.computeIfAbsent(problem.file(), file -> new ArrayList<>())
                    .add(new Diagnosis(problem, lines.about(problem.line(), problem.column())));
        }
        return found;
    }

    /** What could stand at a place. */
    public List<Suggestion> suggestions(String file, Position at) {
        YamlAnswers yaml = yaml(file, at);
        return yaml != null ? yaml.suggestions(at) : sql(file).suggestions(at);
    }

    /** Markdown about what stands at a place. */
    public Optional<String> about(String file, Position at) {
        YamlAnswers yaml = yaml(file, at);
        return yaml != null ? yaml.about(at) : sql(file).meant(at).map(Named::summary);
    }

    /** Where what is named at a place is written. */
    public Optional<Location> definition(String file, Position at) {
        YamlAnswers yaml = yaml(file, at);
        Optional<Named> meant = yaml != null ? yaml.meant(at) : sql(file).meant(at);
        return meant.map(named -> new Location(
                folder.resolve(named.place().file()),
                new TextLines(text(named.place().file()))
                        .about(named.place().line(), named.place().column())));
    }

    /** For YAML, also at the head of a model; null where SQL stands. */
    private @Nullable YamlAnswers yaml(String file, Position at) {
        String text = text(file);
        if (!file.endsWith(".sql")) {
            return new YamlAnswers(schema, names(), new TextLines(text), List.of());
        }
        String head = ModelHead.of(text);
        if (head == null || at.line() >= new TextLines(head).count()) {
            return null;
        }
        List<YamlCursor.Step> above =
                List.of(new YamlCursor.Step("models", Map.of()), new YamlCursor.Step("this", Map.of()));
        return new YamlAnswers(schema, names(), new TextLines(head), above);
    }

    private SqlAnswers sql(String file) {
        return new SqlAnswers(names(), text(file));
    }

    private ProjectNames names() {
        ProjectNames known = names;
        if (known == null) {
            try {
                known = ProjectNames.of(folder, unsaved);
            } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
            }
            names = known;
        }
        return known;
    }

    /** A file that is gone has no text, which is a problem of its own. */
    private String text(String file) {
        String open = unsaved.get(file);
        if (open != null) {
            return open;
        }
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException gone) {
            return "";
        }
    }
}
