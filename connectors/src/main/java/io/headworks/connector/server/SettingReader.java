package io.headworks.connector.server;

import io.headworks.api.connection.Connection;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings of a connection to a server. What is refused is of kind PROJECT: a text that is no host name, or that
 * could be read as something else on its way.
 */
public final class SettingReader {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Map<Character, Long> SECONDS =
            Map.of('s', 1L, 'm', 60L, 'h', 3_600L, 'd', 86_400L, 'w', 604_800L);

    private final Connection connection;

    public SettingReader(Connection connection) {
        this.connection = connection;
    }

    public String host() {
        String host = needed("host");
        if (!HOST.matcher(host).matches()) {
            throw refused("host", host, "a host name or an IP address, without port or path");
        }
        return host;
    }

    public int port(int usual) {
        String text = connection.setting("port");
        int port = text == null ? usual : text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw refused("port", String.valueOf(text), "1 to 65535");
        }
        return port;
    }

    /** Protocols end texts with a zero byte, and drivers read lists: what stands behind one must not be taken for more. */
    public String needed(String key) {
        String text = connection.setting(key);
        if (text == null || text.isBlank()) {
            throw refused(key, "", "a text that is not empty");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw refused(key, text.replaceAll("\\p{Cntrl}", "?"), "no control characters");
        }
        return text;
    }

    public Duration duration(String key, Duration usual) {
        String text = connection.setting(key);
        if (text == null || text.isEmpty()) {
            return usual;
        }
        @Nullable Long unit = SECONDS.get(text.charAt(text.length() - 1));
        String number = text.substring(0, text.length() - 1);
        if (unit == null || !number.matches("\\d{1,6}")) {
            throw refused(key, text, "a whole number and s, m, h, d or w, as 30s");
        }
        return Duration.ofSeconds(Long.parseLong(number) * unit);
    }

    public HeadworksException refused(String key, String value, String allowed) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot use connection " + connection.name() + ": " + key + " '" + value + "' (allowed: " + allowed
                        + ")");
    }
}
