package io.headworks.connector.postgres.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.KeyRange;
import io.headworks.connector.postgres.catalog.PgType;
import io.headworks.connector.postgres.session.PostgresSql;

/**
 * A key range as a condition. Texts compare by their bytes, as the engine compares them when it looks for the largest.
 * Infinity is in every range: it must come up as a rejected row, not be skipped in silence.
 */
final class KeyCondition {

    private KeyCondition() {}

    static String of(KeyRange range, String column, PgType type) {
        boolean text = range.type().isText() && type.kind() != 'e';
        String compared = text ? column + " COLLATE \"C\"" : column;
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
