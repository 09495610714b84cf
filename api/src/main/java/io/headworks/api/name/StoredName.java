package io.headworks.api.name;

/**
 * What something is called where it cannot have its own name.
 *
 * @param owner whose name it is: a pipeline's for {@link Of#SOURCE_COLUMN}, else empty, because it is the table's
 * @param name its own
 * @param stored what stands for it
 */
public record StoredName(Of of, String owner, String name, String stored) {

    /** Stored by these names. */
    public enum Of {
        /** In the target. */
        TABLE,
        /** In the target. */
        COLUMN,
        /** In the engine, and from there on in checks, keys and the table. */
        SOURCE_COLUMN
    }

    /** The table's own. */
    public StoredName(Of of, String name, String stored) {
        this(of, "", name, stored);
    }
}
