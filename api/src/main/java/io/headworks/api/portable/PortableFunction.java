package io.headworks.api.portable;

/**
 * A function promised equal on every engine.
 *
 * @param name lower case
 * @param meaning what it does, with the limits of the promise
 * @param example an expression over literals
 * @param result the example's value as text, {@code NULL} for NULL
 */
public record PortableFunction(String name, Kind kind, String meaning, String example, String result) {
    public enum Kind {
        SCALAR,
        AGGREGATE,
        WINDOW
    }
}
