package io.headworks.connector.postgres.swap;

/** A table that is filled while the rows it will replace are still read. */
public interface NewVersion {
    /** Where the rows go, quoted. */
    String sql();

    /** Called when the rows are there. */
    void index();

    /** Called right before COMMIT: puts the new rows in the old ones' place. */
    void publish();
}
