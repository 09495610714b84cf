package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.TableColumns;
import io.headworks.api.lineage.Trace.Rows;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a query can name beside its own FROM.
 *
 * @param ctes by lower-case name
 * @param outer columns of the queries around it; null for none
 * @param names what the engine calls columns without a name
 * @param seen columns that were followed
 */
record Context(
        TableColumns tables,
        Map<String, Rows> ctes,
        @Nullable Scope outer,
        ColumnNames names,
        Seen seen) {
    Context {
        ctes = Map.copyOf(ctes);
    }

    Context with(String cte, Rows rows) {
        Map<String, Rows> more = new HashMap<>(ctes);
        more.put(cte.toLowerCase(Locale.ROOT), rows);
        return new Context(tables, more, outer, names, seen);
    }

    Context inside(Scope scope) {
        return new Context(tables, ctes, scope, names, seen);
    }

    Optional<Rows> cte(String name) {
        return Optional.ofNullable(ctes.get(name.toLowerCase(Locale.ROOT)));
    }
}
