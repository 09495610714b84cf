package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.Written;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse that a dbt project works on, as a connection. Of a profile only what is no secret is taken; a password
 * becomes a reference to the environment.
 *
 * @param schema where dbt puts its tables; null when that is not known
 * @param existing the connection is one that dbt works on, with its tables in it
 */
record DbtProfile(Map<String, Object> connection, @Nullable String schema, boolean existing) {
    private static final String FILE = "profiles.yml";
    private static final Pattern ENV_VAR =
            Pattern.compile("\\{\\{\\s*env_var\\(\\s*['\"](\\w+)['\"]\\s*(?:,[^)]*)?\\)[^}]*}}");

    /** @param folder where profiles.yml is; null for the project's own folder */
    static DbtProfile of(DbtFolder project, @Nullable Path folder, List<Finding> findings) {
        Path file = (folder == null ? project.path() : folder).resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return fresh(0, "there is no " + FILE, findings);
        }
        List<Written> documents = Written.in(file, FILE, findings);
        String profile = project.settings().at("profile").text(project.name());
        Written of = documents.isEmpty() ? Written.NOTHING : documents.get(0).at(profile);
        String target = of.at("target").text("default");
        Written output = of.at("outputs").at(target);
        if (!output.isThere()) {
            return fresh(of.line(), "there is no target '" + target + "' of profile '" + profile + "'", findings);
        }
        return switch (output.at("type").text("").toLowerCase(Locale.ROOT)) {
            case "duckdb" -> duckdb(project, output, findings);
            case "postgres", "postgresql" -> server("postgresql", "dbname", output, findings);
            case "mysql", "mariadb" -> server("mysql", "schema", output, findings);
            default ->
                fresh(
                        output.lineOf("type"),
                        "a warehouse of type " + output.at("type").text("?") + " has no connection here",
                        findings);
        };
    }

    private static DbtProfile fresh(int line, String why, List<Finding> findings) {
        findings.add(Finding.differs(
                "profile", FILE, line, why + ": connection 'warehouse' is a new DuckDB file, warehouse.duckdb"));
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("type", "duckdb");
        connection.put("path", "warehouse.duckdb");
        return new DbtProfile(connection, null, false);
    }

    private static DbtProfile duckdb(DbtFolder project, Written output, List<Finding> findings) {
        String path = output.at("path").text(":memory:");
        if (path.equals(":memory:") || path.startsWith("md:")) {
            return fresh(output.lineOf("path"), "'" + path + "' is no file", findings);
        }
        String known = reference(path);
        if (known == null && path.contains("{{")) {
            return fresh(output.lineOf("path"), "the path is a template", findings);
        }
        Path file = project.path()
                .resolve(path.contains("{{") ? "" : path)
                .toAbsolutePath()
                .normalize();
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("type", "duckdb");
        connection.put("path", known != null ? known : file.toString());
        return new DbtProfile(connection, output.at("schema").text("main"), true);
    }

    private static DbtProfile server(String type, String database, Written output, List<Finding> findings) {
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("type", type);
        put("host", output.at("host"), "DBT_HOST", connection);
        put("port", output.at("port"), "DBT_PORT", connection);
        put(
                "database",
                output.at(database).isThere() ? output.at(database) : output.at("database"),
                "DBT_DATABASE",
                connection);
        put("user", output.at("user").isThere() ? output.at("user") : output.at("username"), "DBT_USER", connection);
        Written password = output.at("password").isThere() ? output.at("password") : output.at("pass");
        String reference = reference(password.text(""));
        connection.put("password", reference == null ? "${env:WAREHOUSE_PASSWORD}" : reference);
        if (reference == null) {
            findings.add(Finding.differs(
                    "profile",
                    FILE,
                    password.line(),
                    "the password is not taken over: set the environment variable WAREHOUSE_PASSWORD"));
        }
        String schema = type.equals("postgresql") ? output.at("schema").text() : null;
        if (schema != null) {
            connection.put("schema", known(schema, "DBT_SCHEMA"));
        }
        return new DbtProfile(connection, schema, true);
    }

    private static void put(String key, Written value, String variable, Map<String, Object> connection) {
        String text = value.text();
        if (text != null) {
            connection.put(key, text.matches("\\d{1,9}") ? Long.valueOf(text) : known(text, variable));
        }
    }

    /** A text as it is, or a reference where a template stands. */
    private static String known(String text, String variable) {
        String reference = reference(text);
        return reference != null ? reference : text.contains("{{") ? "${env:" + variable + "}" : text;
    }

    private static @Nullable String reference(String text) {
        Matcher matcher = ENV_VAR.matcher(text.strip());
        return matcher.matches() ? "${env:" + matcher.group(1) + "}" : null;
    }
}
