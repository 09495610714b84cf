package io.headworks.api.load;

/** Whether absence from the batch means deletion. */
public enum BatchKind {
    SNAPSHOT,
    DELTA
}
