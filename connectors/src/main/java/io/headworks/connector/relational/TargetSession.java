package io.headworks.connector.relational;

import io.headworks.api.load.Load;
import java.util.List;
import java.util.Optional;

/** The connections to a target, opened when they are first needed. */
public interface TargetSession extends AutoCloseable {
    /** What it is called in messages: a file, a host and database. Never a secret. */
    String place();

    /** Empty when there is nothing to look at yet: looking creates nothing. */
    Optional<Statements> toRead(String what);

    /** @throws io.headworks.api.failure.HeadworksException of kind HELD when another writer must be waited for */
    Statements toWrite(String what);

    /** See {@link io.headworks.api.target.Target#grantsSql}. */
    default List<String> grants(List<Load> loads) {
        return List.of();
    }

    @Override
    void close();
}
