package io.headworks.duckdb.compile;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import org.jspecify.annotations.Nullable;

/** The failures of this package: the project asks for something that cannot be compiled. */
final class Refusal {

    private Refusal() {}

    static HeadworksException of(String message) {
        return new HeadworksException(FailureKind.PROJECT, message);
    }

    static HeadworksException of(String message, @Nullable String hint) {
        return new HeadworksException(FailureKind.PROJECT, message, hint);
    }

    static HeadworksException of(String message, HeadworksException cause) {
        return new HeadworksException(cause.kind(), message + ": " + cause.getMessage(), cause.hint(), cause);
    }
}
