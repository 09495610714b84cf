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
    private static final String PASSWORD = "changeit";

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

    private static void keytool(Path keys, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
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
