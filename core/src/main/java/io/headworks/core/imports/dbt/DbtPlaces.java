package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.jinja.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where tables are, by dbt's rule: a custom schema stands behind that of the profile, unless a macro of the project decides.
 *
 * @param target the schema of the profile; null when it is not known
 * @param custom a macro of the project names schemas
 */
record DbtPlaces(@Nullable String target, boolean custom) {
    static DbtPlaces of(DbtProfile profile, List<Piece> macros, List<Finding> findings) {
        boolean custom = false;
        for (Piece piece : macros) {
            if (piece instanceof Piece.Macro macro
                    && List.of("generate_schema_name", "generate_alias_name", "generate_database_name")
                            .contains(macro.name())) {
                custom = true;
                findings.add(Finding.differs(
                        "macro " + macro.name(),
                        "macros",
                        0,
                        "it is not run: a custom schema is taken as it is written"));
            }
        }
        return new DbtPlaces(profile.schema(), custom);
    }

    /** {@code [schema.]table} of something that this project makes. */
    String ofProject(DbtConfig config, String name) {
        String schema = config.text("schema");
        String table = config.text("alias", name);
        String where = schema == null ? null : custom || target == null ? schema : target + "_" + schema;
        return inside(where, table);
    }

    /** The same for a table in a schema that is stated in full. */
    String inside(@Nullable String schema, String table) {
        return schema == null || schema.equalsIgnoreCase(target) || schema.equalsIgnoreCase("main")
                ? table
                : schema + "." + table;
    }
}
