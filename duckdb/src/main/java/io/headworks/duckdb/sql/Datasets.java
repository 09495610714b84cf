package io.headworks.duckdb.sql;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load;
import java.util.Optional;

/** The meaning that names of datasets have in this run: what {@code EngineSession.bind} was told. */
public interface Datasets {

    Optional<Relation> find(DatasetName name);

    /** How a dataset's rows are written, where the project says so. */
    default Optional<Load> load(DatasetName name) {
        return Optional.empty();
    }

    /** A name as user SQL writes it after FROM or JOIN, {@code [schema.]table}, quotes already taken off. */
    Optional<Relation> findWritten(String nameAsWritten);
}
