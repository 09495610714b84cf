package io.headworks.duckdb.engine;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** SQL over relations, as text. */
final class Relations {

    private Relations() {}

    /** The relation after FROM, under the alias {@code r}. */
    static String from(Relation relation) {
        return "(" + relation.sql() + ") AS r";
    }

    /** Schema columns, then hidden ones. */
    static List<String> columns(Relation relation) {
        List<String> columns = new ArrayList<>(relation.schema().names());
        columns.addAll(relation.hidden());
        return columns;
    }

    static Relation union(List<Relation> relations) {
        if (relations.isEmpty()) {
            throw new IllegalArgumentException("Cannot make a union of no relation");
        }
        Relation first = relations.get(0);
        for (Relation other : relations) {
            if (!other.schema().canonical().equals(first.schema().canonical())
                    || !other.hidden().equals(first.hidden())) {
                throw new HeadworksException(
                        FailureKind.INTERNAL,
                        "Cannot put rows together: columns differ (" + other.schema() + " against " + first.schema()
                                + ")");
            }
        }
        String columns = DuckSql.names(columns(first));
        return new Relation(
                relations.stream()
                        .map(each -> "SELECT " + columns + " FROM " + from(each))
                        .collect(Collectors.joining(" UNION ALL ")),
                first.schema(),
                first.hidden());
    }

    /** No row, with these columns. */
    static Relation empty(Schema schema) {
        String nulls = schema.fields().stream()
                .map(field -> "CAST(NULL AS " + DuckTypes.spelling(field.type()) + ") AS " + DuckSql.name(field.name()))
                .collect(Collectors.joining(", "));
        return new Relation("SELECT " + nulls + " WHERE false", schema, List.of());
    }

    /** An expression as text that reads back exactly as its type: times in ISO 8601, instants in UTC. */
    static String canonicalText(String expression, DataType type) {
        String text = "CAST(" + expression + " AS VARCHAR)";
        if (type instanceof DataType.Timestamp timestamp) {
            String iso = "replace(" + text + ", ' ', 'T')";
            return timestamp.zoned() ? "regexp_replace(" + iso + ", '\\+00$', 'Z')" : iso;
        }
        return text;
    }
}
