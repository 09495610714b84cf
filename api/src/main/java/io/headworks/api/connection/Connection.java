package io.headworks.api.connection;

import io.headworks.api.secret.Secret;
import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with its settings filled in and checked against its {@link ConnectionType}. */
public record Connection(
        String name, String type, Path projectFolder, Map<String, String> settings, Map<String, Secret> secrets) {
    public Connection {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    public @Nullable String setting(String key) {
        return settings.get(key);
    }

    /** The same with another value of a setting. */
    public Connection with(String key, String value) {
        Map<String, String> others = new LinkedHashMap<>(settings);
        others.put(key, value);
        return new Connection(name, type, projectFolder, others, secrets);
    }

    /** A {@link Setting.Kind#PATH} setting, resolved against the project's folder. */
    public Path path(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("Cannot read path '" + key + "' of connection " + name + ": not set");
        }
        return projectFolder.resolve(value).normalize();
    }

    /**
     * The same for a source's identity: below the project's folder where it lies there, with {@code /}, so that a
     * project can be moved; else from the root.
     */
    public String place(String key) {
        Path path = path(key);
        Path home = projectFolder.normalize();
        String place = (path.startsWith(home) ? home.relativize(path) : path).toString();
        return place.replace(File.separatorChar, '/');
    }

    /** Secrets do not appear. */
    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
