package io.headworks.api.type;

/** A named value of a type; {@code nullable} is what the system declares, not what its data happens to hold. */
public record Field(String name, DataType type, boolean nullable) {
    public Field(String name, DataType type) {
        this(name, type, true);
    }
}
