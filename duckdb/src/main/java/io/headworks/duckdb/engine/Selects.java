package io.headworks.duckdb.engine;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.compile.CompileContext;
import io.headworks.duckdb.compile.UserSelect;
import io.headworks.duckdb.inspect.DatasetSql;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * SELECT statements as relations: those of users over datasets, and our own.
 *
 * @param values what {@code {{ … }}} stand for
 */
record Selects(SqlRunner sql, Datasets datasets, Map<String, Object> values) {

    Relation query(String select) {
        return typed(DatasetSql.resolve(sql, select, datasets));
    }

    /** The SELECT of a file; errors name it. */
    Relation ofFile(String file, String text) {
        CompileContext context = new CompileContext(sql, datasets, values);
        String select =
                UserSelect.of("use " + file, text, "input", null, context).overDatasets();
        try {
            return typed(select);
        } catch (HeadworksException cause) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot use " + file + ": " + firstLine(cause), null, cause);
        }
    }

    private static String firstLine(HeadworksException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private record Described(String name, String type, boolean nullable) {
        Field field() {
            return new Field(name, DuckTypes.parse(type), nullable);
        }
    }

    /** A bare NULL has no type: people who ask for one see it as text. */
    private Relation typed(String select) {
        List<Described> columns = sql.query(
                "DESCRIBE " + select,
                row -> new Described(row.getString(1), row.getString(2), !"NO".equals(row.getString(3))));
        String casts = columns.stream()
                .filter(column -> column.type().equals("\"NULL\""))
                .map(column -> DuckSql.name(column.name()))
                .map(name -> "CAST(" + name + " AS VARCHAR) AS " + name)
                .collect(Collectors.joining(", "));
        return casts.isEmpty()
                ? visible(
                        select,
                        new Schema(columns.stream().map(Described::field).toList()))
                : relation("SELECT * REPLACE (" + casts + ")\nFROM (\n" + select + "\n) AS answer");
    }

    /** A relation over SQL of our own, with the columns that the engine finds in it. */
    Relation relation(String select) {
        return visible(select, sql.describe(select));
    }

    private static Relation visible(String select, Schema all) {
        List<String> hidden = all.names().stream().filter(HiddenNames::isHidden).toList();
        return new Relation(
                select,
                new Schema(all.fields().stream()
                        .filter(field -> !HiddenNames.isHidden(field.name()))
                        .toList()),
                hidden);
    }
}
