package io.headworks.connector.postgres.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.KeyRange;
import io.headworks.connector.postgres.catalog.PgType;
import io.headworks.connector.postgres.session.PostgresSql;
import java.util.Set;

/**
 * A key range as a condition. Texts compare by their bytes, as the engine compares them when it looks for the largest.
 * Infinity is in every range: it must come up as a rejected row, not be skipped in silence.
 */
final class KeyCondition {
    private static final Set<String> NATIVE = Set.of("text", "varchar", "bpchar", "name");

    private KeyCondition() {}

    static String of(KeyRange range, String column, PgType type) {
        boolean text = range.type().isText() && type.kind() != 'e';
        String compared = text ? asBytes(column, type) : column;
        StringBuilder inside = new StringBuilder("TRUE");
        if (range.from() != null) {
            inside.append(" AND ").append(compared).append(" >= ").append(literal(range.from(), type, text));
        }
        if (range.to() != null) {
            inside.append(" AND ").append(compared).append(" < ").append(literal(range.to(), type, text));
        }
        String all = "(" + inside + ")";
        if (range.type().isTime()) {
            all += " OR " + column + " IN ('infinity', '-infinity')";
        }
        return range.includeNulls()
                ? "(" + all + " OR " + column + " IS NULL)"
                : "((" + all + ") AND " + column + " IS NOT NULL)";
    }

    /** Types that are texts only here would compare by rules of their own. */
    private static String asBytes(String column, PgType type) {
        boolean isText = type.builtin() && NATIVE.contains(type.name());
        return (isText ? column : "CAST(" + column + " AS text)") + " COLLATE \"C\"";
    }

    private static String literal(String value, PgType type, boolean text) {
        if (type.name().equals("money")) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read by a key of type money: it compares by the locale",
                    "use a key of another type");
        }
        return text ? PostgresSql.text(value) : "CAST(" + PostgresSql.text(value) + " AS " + type.spelling() + ")";
    }
}
