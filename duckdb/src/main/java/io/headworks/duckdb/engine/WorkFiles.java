package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The files in which sessions keep their tables. Making one and taking it away costs more than a small run does, so sessions
 * share one as long as it is small; a large one is given up, since room that was used once is not given back while it is open.
 * Nobody reads one after its process: they are written without log.
 */
final class WorkFiles implements AutoCloseable {
    private static final long LARGE = 256L << 20;
    /** Of the process: engines that are open side by side may have one folder. */
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Attachments attachments;
    private final Path folder;
    private final Map<Path, Integer> users = new HashMap<>();
    private @Nullable Path current;

    WorkFiles(Attachments attachments, Path folder) {
        this.attachments = attachments;
        this.folder = folder;
    }

    /** A file for a session, in which it gives its tables names of its own; open until {@link #giveBack}. */
    synchronized Use take() {
        Path file = current;
        if (file == null || size(file) > LARGE) {
            retire();
            String name = "work" + MADE.incrementAndGet();
            file = folder.resolve(name + ".duckdb");
            String catalog = attachments.attachUnlogged(file, name);
            current = file;
            users.put(file, 0);
            return use(file, catalog);
        }
        return use(file, attachments.nameOf(file));
    }

    /** @param catalog under which the file is reached */
    record Use(Path file, String catalog) {}

    private Use use(Path file, String catalog) {
        users.merge(file, 1, Integer::sum);
        return new Use(file, catalog);
    }

    /** @param tables of the session's, which are no longer wanted */
    synchronized void giveBack(Use use, List<String> tables) {
        Path file = use.file();
        attachments.drop(tables.stream()
                .map(table -> new WorkTable(use.catalog(), table).sql())
                .toList());
        int left = users.merge(file, -1, Integer::sum);
        if (left == 0 && !file.equals(current)) {
            remove(file);
        }
    }

    private void retire() {
        Path old = current;
        current = null;
        if (old != null && users.getOrDefault(old, 0) == 0) {
            remove(old);
        }
    }

    private void remove(Path file) {
        users.remove(file);
        attachments.detach(file);
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot delete work storage " + file + ": " + failed.getMessage(),
                    null,
                    failed);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public synchronized void close() {
        retire();
    }
}
