package io.headworks.core.spec;

import io.headworks.api.dataset.TableName;
import org.jspecify.annotations.Nullable;

/**
 * An environment of the project.
 *
 * @param isDefault used when none is named
 * @param guarded writing needs an approved plan, or a stated reason to force it
 * @param schemaPrefix stands before the schema of everything this project writes, or before a table without one; empty for
 *     none
 * @param readMissingFrom the environment in which a table is read that is not there in this one; null for none
 */
public record Environment(
        String name,
        boolean isDefault,
        boolean guarded,
        String schemaPrefix,
        @Nullable String readMissingFrom) {
    /** The environment of a project that declares none. */
    public static final Environment NONE = new Environment("default", true, false, "", null);

    /** Where a table of the project is in this environment. */
    public TableName place(TableName table) {
        return schemaPrefix.isEmpty()
                ? table
                : table.schema() == null
                        ? new TableName(null, schemaPrefix + table.table())
                        : new TableName(schemaPrefix + table.schema(), table.table());
    }
}
