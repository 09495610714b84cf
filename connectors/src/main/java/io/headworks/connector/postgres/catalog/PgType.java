package io.headworks.connector.postgres.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type of the server.
 *
 * @param name as the catalogue spells it, such as {@code int4}; without schema
 * @param builtin one of the server's own, whose wire format is known by its name
 * @param kind {@code typtype}: b for base, c composite, d domain, e enum, r range, m multirange, p pseudo
 * @param spelling for SQL and messages, such as {@code timestamp with time zone}
 * @param element of an array type; null for others
 * @param base of a domain; null for others
 * @param baseModifier the modifier that a domain gives its base type; -1 for none
 * @param labels of an enum, in their order
 */
public record PgType(
        String name,
        boolean builtin,
        char kind,
        String spelling,
        @Nullable PgType element,
        @Nullable PgType base,
        int baseModifier,
        List<String> labels) {
    public PgType {
        labels = List.copyOf(labels);
    }
}
