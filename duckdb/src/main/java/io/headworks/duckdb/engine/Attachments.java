package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.sql.DuckSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The database files that the sessions of this process have open. The engine opens a file once: sessions that want the
 * same one share it under the name of the first, and it is closed with the last.
 */
final class Attachments {
    private static final int ATTEMPTS = 25;
    private static final int LONGEST_PAUSE_MILLIS = 150;
    /** So long a file stays open between sessions before others of this machine get their chance. */
    private static final long LONGEST_KEPT_NANOS = 2_000_000_000L;

    private final DuckDBConnection root;
    private final Map<Path, Open> open = new LinkedHashMap<>();
    private final Set<String> aliases = new HashSet<>(List.of("memory", "system", "temp"));
    private int keeping;

    Attachments(DuckDBConnection root) {
        this.root = root;
    }

    private static final class Open {
        final String alias;
        final long since = System.nanoTime();
        boolean readOnly;
        int writers;
        /** What was seen in it and stays so, as long as nobody writes. */
        Map<String, Object> seen = new HashMap<>();

        /** False when it could neither be opened for writing nor again for reading. */
        boolean attached = true;

        int users;

        Open(String alias, boolean readOnly) {
            this.alias = alias;
            this.readOnly = readOnly;
        }
    }

    /** Opens the file, or joins who has it open, and answers the catalog name under which it is reached. */
    synchronized String attach(Path file, String wanted, boolean readOnly) {
        Path real = real(file);
        Open present = open.get(real);
        if (present == null) {
            String alias = free(wanted);
            run(attachSql(real, alias, readOnly));
            aliases.add(alias.toLowerCase(Locale.ROOT));
            present = new Open(alias, readOnly);
            open.put(real, present);
        } else if (present.readOnly && !readOnly) {
            reopenForWriting(real, present);
        }
        present.users++;
        return present.alias;
    }

    /** Opens a file for writing and closes it, unless sessions have it open: these may be reading it. */
    synchronized void settle(Path file, String wanted) {
        Path real = real(file);
        if (!open.containsKey(real)) {
            String alias = free(wanted);
            run(attachSql(real, alias, false));
            run("DETACH " + DuckSql.name(alias));
        }
    }

    /** Opens a new file whose content is worth nothing once it is closed. */
    synchronized String attachUnlogged(Path file, String wanted) {
        Path real = real(file);
        Open made = new Open(free(wanted), false);
        run("ATTACH " + DuckSql.text(real.toString()) + " AS " + DuckSql.name(made.alias)
                + " (TYPE duckdb, RECOVERY_MODE no_wal_writes)");
        aliases.add(made.alias.toLowerCase(Locale.ROOT));
        made.users = 1;
        open.put(real, made);
        return made.alias;
    }

    /** Drops tables that may be there, beside whatever their session is in the middle of. */
    synchronized void drop(List<String> tables) {
        if (!tables.isEmpty()) {
            run(tables.stream().map(table -> "DROP TABLE IF EXISTS " + table).collect(Collectors.joining("; ")));
        }
    }

    /** The catalog name of a file that is open. */
    synchronized String nameOf(Path file) {
        return present(file).alias;
    }

    private Open present(Path file) {
        Open present = open.get(real(file));
        if (present == null) {
            throw new IllegalStateException("Cannot find " + file + ": it is not attached");
        }
        return present;
    }

    synchronized void detach(Path file) {
        Open present = present(file);
        if (--present.users == 0) {
            close(real(file), present);
        }
    }

    /** The same for a file that the next session is likely to want: it stays open while files are kept, for a while. */
    synchronized void leave(Path file) {
        Open present = present(file);
        boolean stays = keeping > 0 && System.nanoTime() - present.since < LONGEST_KEPT_NANOS;
        if (--present.users == 0 && !stays) {
            close(real(file), present);
        }
    }

    private void close(Path real, Open present) {
        open.remove(real);
        aliases.remove(present.alias.toLowerCase(Locale.ROOT));
        if (present.attached) {
            run("DETACH " + DuckSql.name(present.alias));
        }
    }

    /** From now until {@link #letGo} files that are left may stay open. */
    synchronized void keep() {
        keeping++;
    }

    /** Closes what is open and nobody uses. */
    synchronized void closeUnused() {
        new LinkedHashMap<>(open).forEach((real, present) -> {
            if (present.users == 0) {
                close(real, present);
            }
        });
    }

    synchronized void letGo() {
        keeping--;
        closeUnused();
    }

    /** A session is about to write: what was seen is no longer known. */
    synchronized void writes(Path file) {
        Open present = present(file);
        present.writers++;
        present.seen = new HashMap<>();
    }

    synchronized void written(Path file) {
        Open present = present(file);
        present.writers--;
        present.seen = new HashMap<>();
    }

    /**
     * What a look at a file answers, looked up once while the file is kept open and nobody writes it; each time otherwise.
     *
     * @param what tells looks apart, of which each always answers the same type
     */
    @SuppressWarnings("unchecked")
    <T> T seen(Path file, String what, Supplier<T> look) {
        Map<String, Object> known = memory(file);
        if (known == null) {
            return look.get();
        }
        synchronized (known) {
            Object answer = known.get(what);
            if (answer == null) {
                answer = look.get();
                known.put(what, answer);
            }
            return (T) answer;
        }
    }

    /** Null where nothing is remembered. */
    private synchronized @Nullable Map<String, Object> memory(Path file) {
        Open present = open.get(real(file));
        return keeping == 0 || present == null || present.writers > 0 ? null : present.seen;
    }

    /** True when looks at a file are remembered, so that one at all of it costs less than many at parts. */
    boolean remembers(Path file) {
        return memory(file) != null;
    }

    /** Under the same name, so that what refers to it stays true; statements that run keep the old one until they end. */
    private void reopenForWriting(Path real, Open present) {
        run("DETACH " + DuckSql.name(present.alias));
        present.attached = false;
        HeadworksException refused = openForWriting(real, present);
        if (refused == null) {
            present.attached = true;
            present.readOnly = false;
            return;
        }
        run(attachSql(real, present.alias, true));
        present.attached = true;
        if (present.users <= 1) {
            throw refused;
        }
        throw new HeadworksException(
                FailureKind.HELD,
                "Cannot open " + real + " for writing: another run of this process is reading it",
                null,
                refused);
    }

    /**
     * Processes that look at a file before they write it keep each other from writing, each of them. So one that is told
     * that others have the file stays out of it for a moment and tries again: one of them finds it free.
     *
     * @return why not; null when it is open
     */
    private @Nullable HeadworksException openForWriting(Path real, Open present) {
        HeadworksException refused = null;
        for (int attempt = 0; attempt < (present.users <= 1 ? ATTEMPTS : 1); attempt++) {
            try {
                run(attachSql(real, present.alias, false));
                return null;
            } catch (HeadworksException failed) {
                refused = failed;
                if (failed.kind() != FailureKind.HELD || !pause()) {
                    return refused;
                }
            }
        }
        return refused;
    }

    /** False when somebody wants the thread to end. */
    private static boolean pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String attachSql(Path real, String alias, boolean readOnly) {
        return "ATTACH " + DuckSql.text(real.toString()) + " AS " + DuckSql.name(alias)
                + (readOnly ? " (TYPE duckdb, READ_ONLY)" : " (TYPE duckdb)");
    }

    /** Catalog names compare without case. */
    private String free(String wanted) {
        String alias = wanted;
        for (int n = 2; aliases.contains(alias.toLowerCase(Locale.ROOT)); n++) {
            alias = wanted + "_" + n;
        }
        return alias;
    }

    private void run(String sql) {
        try (Statement statement = root.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw EngineErrors.of(failed);
        }
    }

    private static Path real(Path file) {
        try {
            if (Files.exists(file)) {
                return file.toRealPath();
            }
            Path absolute = file.toAbsolutePath().normalize();
            @Nullable Path folder = absolute.getParent();
            return folder == null || !Files.exists(folder)
                    ? absolute
                    : folder.toRealPath().resolve(absolute.getFileName());
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RUN, "Cannot find " + file + ": " + failed.getMessage(), null, failed);
        }
    }
}
