package io.headworks.connector.postgres.copy;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;

/** The server sent what its protocol does not allow. */
final class CorruptCopyException extends HeadworksException {
    private static final long serialVersionUID = 1L;

    CorruptCopyException(String what) {
        super(FailureKind.SOURCE_UNREACHABLE, "Cannot read the answer of PostgreSQL: " + what);
    }
}
