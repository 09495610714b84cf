package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Drop;
import io.headworks.api.transform.Operation.FillNull;
import io.headworks.api.transform.Operation.Rename;
import io.headworks.api.transform.Operation.Select;
import io.headworks.api.transform.Operation.Trim;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Operations that work on columns and leave the rows alone: trim, fill_null, rename, select, drop. */
final class ColumnSteps {
    /** The characters of Unicode's White_Space property. */
    private static final String WHITE_SPACE = "\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
            + "\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private ColumnSteps() {}

    static Step trim(Trim trim, Shape input) {
        Projection projection = new Projection(input);
        for (String column : trim.columns()) {
            Field field = input.column("trim", column);
            if (TypeFamily.of(field.type()) != TypeFamily.TEXT) {
                throw Refusal.of("Cannot trim " + column + ": it is " + field.type() + ", not text");
            }
            projection.set(column, trimmed("i." + DuckSql.name(column)), field.type(), field.nullable());
        }
        return projection.step();
    }

    /** The engine's own trim takes spaces only and is fast; the slow one looks at what then still is no plain character. */
    private static String trimmed(String text) {
        String plain = "trim(" + text + ")";
        return "CASE WHEN ascii(" + plain + ") BETWEEN 33 AND 126 AND ascii(right(" + plain
                + ", 1)) BETWEEN 33 AND 126 THEN " + plain + " ELSE trim(" + text + ", " + whiteSpace() + ") END";
    }

    /** As chr() calls: line breaks and invisible characters do not belong into SQL that people read. */
    private static String whiteSpace() {
        return WHITE_SPACE.chars().mapToObj(c -> "chr(" + c + ")").collect(Collectors.joining(", ", "concat(", ")"));
    }

    static Step fillNull(FillNull fill, Shape input) {
        Projection projection = new Projection(input);
        fill.values().forEach((column, value) -> {
            Field field = input.column("fill_null", column);
            projection.set(
                    column,
                    "coalesce(i." + DuckSql.name(column) + ", "
                            + TypedLiteral.of("fill_null " + column, value, field.type()) + ")",
                    field.type(),
                    false);
        });
        return projection.step();
    }

    static Step rename(Rename rename, Shape input) {
        input.columns("rename", List.copyOf(rename.names().keySet()));
        List<Field> fields = input.schema().fields().stream()
                .map(field -> new Field(
                        rename.names().getOrDefault(field.name(), field.name()), field.type(), field.nullable()))
                .toList();
        String pairs = rename.names().entrySet().stream()
                .map(pair -> DuckSql.name(pair.getKey()) + " AS " + DuckSql.name(pair.getValue()))
                .collect(Collectors.joining(", "));
        return star(input, " RENAME (" + pairs + ")", fields);
    }

    static Step select(Select select, Shape input) {
        if (select.columns().isEmpty()) {
            throw Refusal.of("Cannot select: no column is named (columns: " + input.schema() + ")");
        }
        List<Field> fields = new ArrayList<>();
        select.columns().forEach(column -> fields.add(input.column("select", column)));
        Shape selected = new Shape(input.from(), new Schema(fields), input.hidden());
        return new Step(
                "SELECT " + selected.everything() + "\nFROM " + DuckSql.name(input.from()),
                selected.schema(),
                selected.hidden());
    }

    static Step drop(Drop drop, Shape input) {
        input.columns("drop", drop.columns());
        List<Field> fields = input.schema().fields().stream()
                .filter(field -> !drop.columns().contains(field.name()))
                .toList();
        if (fields.isEmpty()) {
            throw Refusal.of("Cannot drop " + String.join(", ", drop.columns()) + ": no column would be left");
        }
        return star(
                input,
                " EXCLUDE (" + DuckSql.names(List.copyOf(new java.util.LinkedHashSet<>(drop.columns()))) + ")",
                fields);
    }

    private static Step star(Shape input, String change, List<Field> fields) {
        return new Step(
                "SELECT *" + change + "\nFROM " + DuckSql.name(input.from()), new Schema(fields), input.hidden());
    }

    static void refuseEmpty(String operation, Map<?, ?> map) {
        if (map.isEmpty()) {
            throw Refusal.of("Cannot " + operation + ": nothing is given");
        }
    }
}
