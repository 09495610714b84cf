package io.headworks.connector.files.csv;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.List;

/** A dialect that cannot be told from the file: the candidates, and the key that decides. */
public final class AmbiguousDialect extends HeadworksException {
    private static final long serialVersionUID = 1L;

    public AmbiguousDialect(String path, String what, List<String> candidates, String key) {
        super(
                FailureKind.PROJECT,
                "Cannot tell " + what + " of " + path + ": " + String.join(" or ", candidates) + " would fit",
                "set extract.files.options." + key);
    }
}
