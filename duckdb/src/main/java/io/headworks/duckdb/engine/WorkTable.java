package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of a run's work storage. */
record WorkTable(String catalog, String name) {

    String sql() {
        return DuckSql.name(catalog) + ".main." + DuckSql.name(name);
    }

    /** @param texts hidden columns beside those of the schema, all of type text */
    void create(SqlRunner sql, Schema schema, List<String> texts) {
        List<String> columns = schema.fields().stream()
                .map(field -> DuckSql.name(field.name()) + " " + DuckTypes.spelling(field.type()))
                .collect(Collectors.toCollection(ArrayList::new));
        texts.forEach(text -> columns.add(DuckSql.name(text) + " VARCHAR"));
        sql.execute("CREATE TABLE " + sql() + " (" + String.join(", ", columns) + ")");
    }

    void drop(SqlRunner sql) {
        sql.execute("DROP TABLE IF EXISTS " + sql());
    }

    /** The rows, with their place in the table as SEQ. */
    Relation numbered(Schema schema, List<String> hiddenTexts) {
        List<String> hidden = new ArrayList<>(List.of(HiddenColumns.SEQ));
        hidden.addAll(hiddenTexts);
        String columns = schema.fields().stream()
                .map(field -> DuckSql.name(field.name()) + ", ")
                .collect(Collectors.joining());
        String texts =
                hiddenTexts.stream().map(text -> ", " + DuckSql.name(text)).collect(Collectors.joining());
        return new Relation(
                "SELECT " + columns + "rowid AS " + DuckSql.name(HiddenColumns.SEQ) + texts + " FROM " + sql(),
                schema,
                hidden);
    }

    Relation plain(Schema schema) {
        return new Relation("SELECT " + DuckSql.names(schema.names()) + " FROM " + sql(), schema, List.of());
    }
}
