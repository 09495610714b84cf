package io.headworks.core.imports.sling;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.imports.Written;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a replication names. What they are stands in Sling's env.yaml, or is said on the command line. A
 * password, and an address with one in it, is never taken over.
 */
final class SlingConnections {
    private static final Pattern URL = Pattern.compile(
            "(\\w+)://(?:([^:@/]*)(?::[^@]*)?@)?([^:/?@]*)(?::(\\d{1,5}))?(/[^?]*)?(?:\\?(.*))?", Pattern.DOTALL);
    private static final Set<String> SERVERS = Set.of("postgresql", "mysql");
    private static final Set<String> FILES = Set.of("duckdb", "sqlite");

    private final Path folder;
    private final Written known;
    private final Map<String, String> types;

    /**
     * @param folder that paths are relative to
     * @param known the connections of env.yaml
     * @param types by name, as the command line says
     */
    SlingConnections(Path folder, Written known, Map<String, String> types) {
        this.folder = folder;
        this.known = known;
        this.types = types;
    }

    /** What a connection is called here. */
    static String name(String written) {
        String letters =
                written.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return letters.isEmpty() ? "connection" : letters;
    }

    static boolean isLocal(String written) {
        return written.equalsIgnoreCase("LOCAL") || written.startsWith("file://");
    }

    /** @throws HeadworksException when nobody says what it is */
    Map<String, Object> of(String written) {
        if (isLocal(written)) {
            return ofType("files", "path", folder.toAbsolutePath().normalize().toString());
        }
        Written entry = known.at(written);
        String url = entry.text() != null ? entry.text() : entry.at("url").text();
        if (url != null) {
            return ofUrl(written, url);
        } else if (entry.isMap()) {
            return ofEntry(written, entry);
        }
        String type = types.get(written);
        if (type == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot import connection '" + written + "': nothing says what it is",
                    "say it, as --type " + written + "=postgresql, or name Sling's file: --connections env.yaml");
        }
        return ofReferences(written, type);
    }

    private Map<String, Object> ofUrl(String name, String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw unknown(name, "its address cannot be read");
        }
        String type = type(name, parts.group(1));
        String path = parts.group(5) == null ? "" : parts.group(5);
        if (FILES.contains(type)) {
            return ofType(type, "path", absolute(parts.group(3) + path));
        }
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("type", type);
        connection.put("host", parts.group(3));
        if (parts.group(4) != null) {
            connection.put("port", Long.valueOf(parts.group(4)));
        }
        connection.put("database", path.replaceFirst("^/", ""));
        connection.put("user", parts.group(2) == null ? "${env:" + variable(name, "USER") + "}" : parts.group(2));
        connection.put("password", "${env:" + variable(name, "PASSWORD") + "}");
        Matcher tls = Pattern.compile("sslmode=([\\w-]+)").matcher(parts.group(6) == null ? "" : parts.group(6));
        tls(tls.find() ? tls.group(1) : null, connection);
        return connection;
    }

    private Map<String, Object> ofEntry(String name, Written entry) {
        String type = type(name, entry.at("type").text(""));
        if (FILES.contains(type)) {
            return ofType(
                    type,
                    "path",
                    absolute(entry.at("instance").text(entry.at("path").text(name + "." + type))));
        }
        Map<String, Object> connection = ofReferences(name, type);
        for (String key : new String[] {"host", "port", "database", "user", "schema"}) {
            String text = entry.at(key).isThere()
                    ? entry.at(key).text()
                    : key.equals("user") ? entry.at("username").text() : null;
            if (text != null && !(key.equals("schema") && type.equals("mysql"))) {
                connection.put(key, text.matches("\\d{1,9}") ? Long.valueOf(text) : text);
            }
        }
        tls(entry.at("sslmode").text(), connection);
        return connection;
    }

    /** Where only the kind is known, the rest comes from the environment. */
    private Map<String, Object> ofReferences(String name, String written) {
        String type = type(name, written);
        if (FILES.contains(type)) {
            return ofType(type, "path", name(name) + "." + type);
        }
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("type", type);
        for (String key : new String[] {"host", "database", "user", "password"}) {
            connection.put(key, "${env:" + variable(name, key) + "}");
        }
        return connection;
    }

    private static void tls(@Nullable String mode, Map<String, Object> connection) {
        if (mode != null
                && Set.of("disable", "require", "verify-ca", "verify-full").contains(mode)) {
            connection.put("tls", mode);
        }
    }

    private static Map<String, Object> ofType(String type, String key, String value) {
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("type", type);
        connection.put(key, value);
        return connection;
    }

    private String absolute(String path) {
        return folder.resolve(path).toAbsolutePath().normalize().toString();
    }

    private static String variable(String name, String key) {
        return name(name).toUpperCase(Locale.ROOT) + "_" + key.toUpperCase(Locale.ROOT);
    }

    private static String type(String name, String written) {
        String type = switch (written.toLowerCase(Locale.ROOT)) {
            case "postgres", "postgresql" -> "postgresql";
            case "mysql", "mariadb" -> "mysql";
            case "duckdb" -> "duckdb";
            case "sqlite", "sqlite3" -> "sqlite";
            default -> "";
        };
        if (!SERVERS.contains(type) && !FILES.contains(type)) {
            throw unknown(name, "its type '" + written + "' is not known");
        }
        return type;
    }

    private static HeadworksException unknown(String name, String why) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot import connection '" + name + "': " + why
                        + " (allowed: postgres, mysql, duckdb, sqlite, LOCAL)",
                null);
    }
}
