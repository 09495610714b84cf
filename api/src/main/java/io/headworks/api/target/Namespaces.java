package io.headworks.api.target;

import java.util.List;

/**
 * Databases that a run makes on a server for itself, each with nothing in it, and drops again. While the process lives that
 * made them, nobody else drops them. Used by one thread at a time.
 */
public interface Namespaces extends AutoCloseable {

    /** Drops those of processes that are gone; answers their names. */
    List<String> dropAbandoned();

    /**
     * Makes another one; answers its name.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind PROJECT when the connection's user may not
     */
    String make();

    void drop(String name);

    /** True when no statement of a user's that runs in one reaches what lies outside. */
    boolean confinesStatements();

    /** Drops what is left of those that were made here. */
    @Override
    void close();
}
