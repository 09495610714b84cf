package io.headworks.server.view;

import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The project as its files say now; while they have errors, as they said when they had none. Safe for many threads. */
public final class ProjectFolder {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Path folder;
    private final Supplier<LoadedProject> loader;
    private final Clock clock;
    private @Nullable Seen seen;

    public ProjectFolder(Path folder, Supplier<LoadedProject> loader, Clock clock) {
        this.folder = folder;
        this.loader = loader;
        this.clock = clock;
    }

    /**
     * What there is.
     *
     * @param project null when the files never were right since the start
     * @param problems of the files as they are; errors mean that the project is an older one
     */
    public record Now(@Nullable Project project, List<Problem> problems) {
        public Now {
            problems = List.copyOf(problems);
        }

        public List<Problem> errors() {
            return problems.stream().filter(Problem::isError).toList();
        }
    }

    private record Seen(Now now, String stamp, Instant lookedAt) {}

    /** Reads the files when they changed. */
    public synchronized Now now() {
        Seen before = seen;
        Instant time = clock.instant();
        if (before != null && time.isBefore(before.lookedAt().plus(LOOK_EVERY))) {
            return before.now();
        }
        String stamp = stamp();
        Now now = before != null && before.stamp().equals(stamp) ? before.now() : read(before);
        seen = new Seen(now, stamp, time);
        return now;
    }

    private Now read(@Nullable Seen before) {
        LoadedProject loaded = loader.get();
        Project project = loaded.project();
        return new Now(project == null && before != null ? before.now().project() : project, loaded.problems());
    }

    /** Names, sizes and times of the files that say what the project is. */
    private String stamp() {
        TreeSet<String> files = new TreeSet<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    boolean hidden = !each.equals(folder)
                            && each.getFileName().toString().startsWith(".");
                    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
                    String name = each.toString();
                    if (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".sql")) {
                        files.add(name + " " + attributes.size() + " " + attributes.lastModifiedTime());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path each, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot look for files in " + folder, failed);
        }
        return String.join("\n", files);
    }
}
