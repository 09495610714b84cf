package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keys as rows: those that others lack, and deletions made of them. */
final class KeyRows {

    private KeyRows() {}

    static Relation absent(Relation keys, Relation among) {
        List<String> left = keys.schema().names().stream().map(DuckSql::name).toList();
        List<String> right = among.schema().names().stream().map(DuckSql::name).toList();
        String same = IntStream.range(0, left.size())
                .mapToObj(i -> "k." + left.get(i) + " = a." + right.get(i))
                .collect(Collectors.joining(" AND "));
        String known = left.stream().map(name -> "k." + name + " IS NOT NULL").collect(Collectors.joining(" AND "));
        return new Relation(
                "SELECT DISTINCT " + left.stream().map(name -> "k." + name).collect(Collectors.joining(", "))
                        + " FROM (" + keys.sql() + ") AS k ANTI JOIN (" + among.sql() + ") AS a ON " + same + " WHERE "
                        + known,
                keys.schema(),
                List.of());
    }

    static Relation among(Relation rows, Relation keys) {
        String same = keys.schema().names().stream()
                .map(DuckSql::name)
                .map(name -> "r." + name + " IS NOT DISTINCT FROM k." + name)
                .collect(Collectors.joining(" AND "));
        return new Relation(
                "SELECT r.* FROM " + Relations.from(rows) + " SEMI JOIN (" + keys.sql() + ") AS k ON " + same,
                rows.schema(),
                rows.hidden());
    }

    /** A deletion has its key and nothing else: what it says of no time is never too old. */
    static Relation withDeletions(Relation batch, Relation keys) {
        List<String> hidden = new ArrayList<>(batch.hidden());
        if (!batch.carries(HiddenColumns.OP)) {
            hidden.add(HiddenColumns.OP);
        }
        String rows = batch.schema().fields().stream()
                .map(field -> DuckSql.name(field.name()))
                .collect(Collectors.joining(", "));
        String deletions = batch.schema().fields().stream()
                .map(field -> value(field, keys) + " AS " + DuckSql.name(field.name()))
                .collect(Collectors.joining(", "));
        for (String column : hidden) {
            String name = DuckSql.name(column);
            boolean operation = column.equals(HiddenColumns.OP);
            rows += ", " + (operation && !batch.carries(column) ? "'upsert' AS " + name : name);
            deletions += ", " + (operation ? "'delete'" : "NULL") + " AS " + name;
        }
        return new Relation(
                "SELECT " + rows + " FROM " + Relations.from(batch) + " UNION ALL SELECT " + deletions + " FROM ("
                        + keys.sql() + ") AS k",
                batch.schema(),
                hidden);
    }

    private static String value(Field field, Relation keys) {
        Optional<String> key = keys.schema().names().stream()
                .filter(name -> name.equalsIgnoreCase(field.name()))
                .findFirst();
        String value = key.map(name -> "k." + DuckSql.name(name)).orElse("NULL");
        return "CAST(" + value + " AS " + DuckTypes.spelling(field.type()) + ")";
    }
}
