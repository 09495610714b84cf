package io.headworks.api.rewrite;

import io.headworks.api.engine.Relation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table kept as files: how an engine that works out a load gets at its rows. */
public interface FileTable {

    /** All rows, audit columns included. */
    Relation rows();

    /** The rows of some partitions, by the texts of {@link WrittenFile#partition}. */
    Relation rows(Set<@Nullable String> partitions);

    /** How many rows there are. */
    long count();
}
