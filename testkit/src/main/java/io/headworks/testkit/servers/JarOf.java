package io.headworks.testkit.servers;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The jar on the class path that a class is from. */
final class JarOf {
    private JarOf() {}

    static Path type(String name) {
        try {
            return Path.of(Class.forName(name)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException missing) {
            throw new IllegalStateException("Cannot find the jar of " + name, missing);
        }
    }
}
