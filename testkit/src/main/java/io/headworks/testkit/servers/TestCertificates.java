package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority of its own for tests, and a server certificate that it signed for {@code localhost}, not for {@code
 * 127.0.0.1}: so that a wrong host name can be tried on the same server.
 *
 * @param authority PEM of the authority's certificate
 * @param certificate PEM of the server's
 * @param key PEM of the server's private key
 */
public record TestCertificates(Path authority, Path certificate, Path key) {
    /** Of every store. */
    public static final String PASSWORD = "changeit";

    private static final String KEYTOOL =
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString();

    /** Made by the JDK's own keytool. */
    public static TestCertificates in(Path folder) {
        Path keys = folder.resolve("keys.p12");
        Path request = folder.resolve("server.csr");
        TestCertificates made = new TestCertificates(
                folder.resolve("ca.crt"), folder.resolve("server.crt"), folder.resolve("server.key"));
        keytool(
                keys,
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Headworks test CA",
                "-ext",
                "bc:c",
                "-validity",
                "3650");
        keytool(keys, "-exportcert", "-alias", "ca", "-rfc", "-file", made.authority.toString());
        keytool(
                keys,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                "3650");
        keytool(keys, "-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                keys,
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-rfc",
                "-ext",
                "SAN=DNS:localhost",
                "-validity",
                "3650",
                "-outfile",
                made.certificate.toString());
        made.writeKey(keys);
        return made;
    }

    /** A key store for a server in Java, with what the authority signed; its password is {@link #PASSWORD}. */
    Path serverStore() {
        Path keys = authority.resolveSibling("keys.p12");
        Path store = authority.resolveSibling("server.p12");
        keytool(keys, "-importcert", "-noprompt", "-alias", "server", "-file", certificate.toString());
        Command.run(List.of(
                KEYTOOL,
                "-importkeystore",
                "-srckeystore",
                keys.toString(),
                "-srcstorepass",
                PASSWORD,
                "-srcalias",
                "server",
                "-destkeystore",
                store.toString(),
                "-deststoretype",
                "PKCS12",
                "-deststorepass",
                PASSWORD));
        return store;
    }

    /** A store of trusted certificates for a client in Java that holds just the authority's. */
    public Path trustStore() {
        Path store = authority.resolveSibling("trust.p12");
        if (!Files.exists(store)) {
            keytool(store, "-importcert", "-noprompt", "-alias", "ca", "-file", authority.toString());
        }
        return store;
    }

    private static void keytool(Path keys, String... words) {
        List<String> command = new ArrayList<>();
        command.add(KEYTOOL);
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Command.run(command);
    }

    private void writeKey(Path keys) {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            byte[] der = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
            Files.writeString(
                    key,
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException("Cannot write the server's key", failed);
        }
    }
}
