package io.headworks.api.source;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was seen.
 *
 * @param path relative to the connection's folder, with {@code /}
 * @param contentHash SHA-256 in hexadecimal, null where only the name or the stat decides
 * @param pathValues values of the {@code {column}} parts of the path
 */
public record FileStamp(
        String path, long bytes, Instant modified, @Nullable String contentHash, Map<String, String> pathValues) {
    public FileStamp {
        pathValues = Collections.unmodifiableMap(new LinkedHashMap<>(pathValues));
    }
}
