package io.headworks.core.imports;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.imports.Draft.Rewritten;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.loading.ProjectLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes a project of ours from a draft. What our own reader refuses is left out and listed, so that what is written is
 * always valid; a file that is there already is never written over.
 */
public final class ImportProject {
    /** Each round leaves out at least one thing. */
    private static final int MOST_ROUNDS = 50;

    private final ProjectLoader loader;

    public ImportProject(List<Connector> connectors, Supplier<SqlInspector> inspector) {
        // Secrets are not there yet, and need not be.
        this.loader = new ProjectLoader(connectors, inspector, name -> "value of " + name);
    }

    /** What will be written, by path, and what is not as it was. */
    public record Prepared(Map<String, NewFile> files, List<Finding> findings) {
        public Prepared {
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
            findings = List.copyOf(findings);
        }

        public boolean isWhole() {
            return findings.stream().noneMatch(each -> each.outcome() == Finding.Outcome.LEFT_OUT);
        }
    }

    /** Writes nothing that stays. */
    public Prepared prepare(Draft draft, String source) {
        Map<String, String> refused = new TreeMap<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Rewritten project = draft.project(Collections.unmodifiableMap(refused));
            Map<String, String> more = refused(project);
            more.keySet().removeAll(refused.keySet());
            if (more.isEmpty()) {
                Map<String, NewFile> files = new LinkedHashMap<>(project.files());
                files.put(ImportReport.FILE, new NewFile.Written(ImportReport.of(source, project.findings())));
                return new Prepared(files, project.findings());
            }
            refused.putAll(more);
        }
        throw new HeadworksException(
                FailureKind.INTERNAL, "Cannot import " + source + ": it is refused again and again", null);
    }

    /** What our reader says of it, by what it is about. */
    private Map<String, String> refused(Rewritten project) {
        List<Problem> problems = problems(project.files());
        Map<String, String> refused = new TreeMap<>();
        for (Problem problem : problems) {
            String owner = project.owner(problem);
            if (owner.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot import: the project would not be valid: " + problem,
                        problem.hint());
            }
            refused.putIfAbsent(owner, problem.message());
        }
        return refused;
    }

    private List<Problem> problems(Map<String, NewFile> files) {
        try {
            Path folder = Files.createTempDirectory("headworks-import");
            try {
                write(folder, files);
                LoadedProject loaded = loader.load(folder, null, Map.of());
                return loaded.problems().stream().filter(Problem::isError).toList();
            } finally {
                delete(folder);
            }
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /** @throws HeadworksException of kind PROJECT when one of the files is there; then nothing is written */
    public void write(Prepared prepared, Path folder) {
        List<String> present = prepared.files().keySet().stream()
                .filter(name -> Files.exists(folder.resolve(name)))
                .toList();
        if (!present.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot import into " + folder + ": "
                            + String.join(", ", present.subList(0, Math.min(3, present.size())))
                            + (present.size() > 3 ? " and " + (present.size() - 3) + " more are" : " is")
                            + " there already",
                    "name a folder that is empty or not there: --into DIR");
        }
        try {
            write(folder, prepared.files());
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private static void write(Path folder, Map<String, NewFile> files) throws IOException {
        for (Map.Entry<String, NewFile> each : files.entrySet()) {
            Path file = folder.resolve(each.getKey());
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            if (each.getValue() instanceof NewFile.Written written) {
                Files.writeString(file, written.text());
            } else if (each.getValue() instanceof NewFile.Copied copied) {
                Files.copy(copied.from(), file);
            }
        }
    }

    private static HeadworksException unwritable(IOException failed) {
        return new HeadworksException(
                FailureKind.RESOURCES, "Cannot write the imported project: " + IoReason.of(failed), null, failed);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> all = new ArrayList<>(found.toList());
            all.sort(Comparator.reverseOrder());
            for (Path each : all) {
                Files.delete(each);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
