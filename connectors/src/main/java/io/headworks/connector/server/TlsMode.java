package io.headworks.connector.server;

import java.util.Arrays;
import java.util.List;

/** How far a server is trusted. */
public enum TlsMode {
    DISABLE("disable"),
    /** Encrypted, to whoever answers. */
    REQUIRE("require"),
    /** The certificate is signed by a known authority. */
    VERIFY_CA("verify-ca"),
    /** And made out to the host's name. */
    VERIFY_FULL("verify-full");

    private final String key;

    TlsMode(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(TlsMode::key).toList();
    }

    public static TlsMode of(String key) {
        return Arrays.stream(values())
                .filter(mode -> mode.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no TLS mode " + key));
    }
}
