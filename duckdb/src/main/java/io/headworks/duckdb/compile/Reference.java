package io.headworks.duckdb.compile;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load;
import io.headworks.api.type.Field;
import org.jspecify.annotations.Nullable;

/**
 * Another dataset that an operation reads.
 *
 * @param load how its rows were written; null where nobody knows
 */
record Reference(
        String operation,
        DatasetName name,
        Relation rows,
        @Nullable Load load) {

    static Reference of(String operation, DatasetName name, CompileContext context) {
        Relation rows = context.datasets()
                .find(name)
                .orElseThrow(
                        () -> Refusal.of("Cannot " + operation + ": dataset " + name + " is not known in this run"));
        return new Reference(
                operation, name, rows, context.datasets().load(name).orElse(null));
    }

    Field column(String column) {
        return rows.schema()
                .field(column)
                .orElseThrow(() -> Refusal.of(
                        "Cannot " + operation + ": " + name + " has no column " + column + " (columns: " + rows.schema()
                                + ")",
                        Nearest.hint(column, rows.schema().names())));
    }

    void refuseMismatch(Field own, Field other) {
        if (!TypeFamily.of(own.type()).isComparableWith(TypeFamily.of(other.type()))) {
            throw Refusal.of(
                    "Cannot " + operation + ": " + own.name() + " is " + own.type() + " and " + name + "("
                            + other.name() + ") is " + other.type(),
                    "cast one of them before");
        }
    }
}
