package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.sql.DuckSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The database files that the sessions of this process have open. The engine opens a file once: sessions that want the
 * same one share it under the name of the first, and it is closed with the last.
 */
final class Attachments {
    private final DuckDBConnection root;
    private final Map<Path, Open> open = new LinkedHashMap<>();
    private final Set<String> aliases = new HashSet<>(List.of("memory", "system", "temp"));

    Attachments(DuckDBConnection root) {
        this.root = root;
    }

    private static final class Open {
        final String alias;
        boolean readOnly;
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

    synchronized void detach(Path file) {
        Path real = real(file);
        Open present = open.get(real);
        if (present == null) {
            throw new IllegalStateException("Cannot detach " + file + ": it is not attached");
        }
        if (--present.users == 0) {
            open.remove(real);
            aliases.remove(present.alias.toLowerCase(Locale.ROOT));
            run("DETACH " + DuckSql.name(present.alias));
        }
    }

    /** Under the same name, so that what refers to it stays true; statements that run keep the old one until they end. */
    private void reopenForWriting(Path real, Open present) {
        run("DETACH " + DuckSql.name(present.alias));
        try {
            run(attachSql(real, present.alias, false));
            present.readOnly = false;
        } catch (HeadworksException refused) {
            run(attachSql(real, present.alias, true));
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot open " + real + " for writing: another run of this process is reading it",
                    null,
                    refused);
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
