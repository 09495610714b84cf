package io.headworks.core.imports.dbt;

import io.headworks.core.imports.dbt.DbtProperties.Property;
import io.headworks.core.imports.jinja.Piece;
import java.util.List;

/**
 * A model or snapshot of dbt: something with a SELECT.
 *
 * @param kind {@code models} or {@code snapshots}
 * @param below where its SELECT is to stand, relative to our folder of models
 */
record DbtModel(
        String kind,
        String name,
        String file,
        String below,
        List<Piece> pieces,
        Property properties,
        DbtConfig config) {
    DbtModel {
        pieces = List.copyOf(pieces);
    }

    /** {@code model stg_orders}: what it is called in a report, and where a refusal is said to belong. */
    String subject() {
        return kind.substring(0, kind.length() - 1) + " " + name;
    }

    boolean isSnapshot() {
        return kind.equals("snapshots");
    }

    DbtModel configured(DbtConfig other) {
        return new DbtModel(kind, name, file, below, pieces, properties, other);
    }

    String table(DbtPlaces places) {
        String schema = config.text("target_schema");
        return isSnapshot() && schema != null
                ? places.inside(schema, config.text("alias", name))
                : places.ofProject(config, name);
    }
}
