package io.headworks.api.lineage;

import java.util.List;
import java.util.Optional;

/** The columns of tables, by the names that a SELECT has for the tables. */
public interface TableColumns {
    /** In their order; empty where they are not known. */
    Optional<List<String>> of(String table);
}
