package io.headworks.cli.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a work table, a staging file or a lock that nobody holds would show. */
final class Leftovers {
    private static final String RUN_OR_FILE_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private Leftovers() {}

    /** Every path below a project, and where links lead; the documents of runs are left out, of which a killed run has one of its own. */
    static List<String> files(Path project) throws IOException {
        try (Stream<Path> paths = Files.walk(project)) {
            return paths.map(path -> project.relativize(path) + leadsTo(path))
                    .filter(path -> !path.matches("\\.headworks/runs/.*json"))
                    .map(path -> path.replaceAll(RUN_OR_FILE_ID, "ID"))
                    .sorted()
                    .toList();
        }
    }

    private static String leadsTo(Path path) {
        try {
            return Files.isSymbolicLink(path) ? " -> " + Files.readSymbolicLink(path) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Names of all that a database holds, read without the product. */
    static List<String> objects(Path file, String target) {
        return switch (target) {
            case "duckdb" ->
                names(
                        "jdbc:duckdb:" + file,
                        "select schema_name || '.' || table_name from duckdb_tables() union all"
                                + " select schema_name || '.' || index_name from duckdb_indexes() union all"
                                + " select schema_name || '.' || view_name from duckdb_views() where not internal");
            case "sqlite" -> names("jdbc:sqlite:" + file, "select type || ' ' || name from sqlite_master");
            default -> List.of();
        };
    }

    private static List<String> names(String url, String sql) {
        List<String> names = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        names.sort(null);
        return names;
    }
}
