package io.headworks.connector.jdbc.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of a driver in a class loader of their own, which sees Java's platform and nothing of ours. Each jar's hash was
 * written into the project by somebody who looked.
 */
final class DriverJars implements AutoCloseable {
    private final URLClassLoader loader;

    private DriverJars(URLClassLoader loader) {
        this.loader = loader;
    }

    /** @throws HeadworksException of kind PROJECT when a jar is missing or is another than the project says */
    static DriverJars load(Path place, List<String> hashes) {
        try {
            List<URL> urls = new ArrayList<>();
            for (Path jar : jars(place)) {
                refuseUnknown(jar, hashes);
                urls.add(url(jar));
            }
            ClassLoader platform = ClassLoader.getPlatformClassLoader();
            return new DriverJars(new URLClassLoader("jdbc-driver", urls.toArray(URL[]::new), platform));
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read the driver " + place + ": " + failed.getMessage(), null, failed);
        }
    }

    private static List<Path> jars(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load the driver " + place + ": no such file or folder",
                    "put the database's JDBC driver there, or say in 'driver' where it is");
        } else if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT, "Cannot load the driver " + place + ": the folder has no jar");
            }
            return jars;
        }
    }

    private static void refuseUnknown(Path jar, List<String> hashes) throws IOException {
        String hash = sha256(Files.readAllBytes(jar));
        if (!hashes.contains(hash)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load the driver " + jar + ": its SHA-256 is " + hash + " (allowed by driver_sha256: "
                            + String.join(", ", hashes) + ")",
                    "if this jar is the one you mean, add its SHA-256 to driver_sha256");
        }
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toAbsolutePath().toUri().toURL();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    Driver driver(String name, Path place) {
        try {
            return loader.loadClass(name)
                    .asSubclass(Driver.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load the driver " + place + ": it has no " + name + " that works (" + failed + ")",
                    "put all jars of the driver into one folder and name the folder in 'driver'",
                    failed);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot close a driver's jars: " + failed.getMessage(), null, failed);
        }
    }
}
