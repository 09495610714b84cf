package io.headworks.api.secret;

/** A value that must never be printed, hashed into a plan or stored. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
