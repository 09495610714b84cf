package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import java.util.Optional;
import java.util.stream.Collectors;

/** A SELECT of a few failing rows as JSON objects, without hidden columns. */
final class Samples {
    /** So that a sample of a few rows stays small whatever the rows hold. */
    private static final int LONGEST_TEXT = 500;

    private final CheckScope scope;
    private final Datasets datasets;

    private final FailingRowsQuery queries;

    Samples(CheckScope scope, Datasets datasets, FailingRowsQuery queries) {
        this.scope = scope;
        this.datasets = datasets;
        this.queries = queries;
    }

    /** Empty for rules that do not point at rows. */
    Optional<String> select(Check check) {
        Rows rows = new Rows(scope.relation(), check.where());
        Schema schema = scope.relation().schema();
        RowCondition condition = RowCondition.of(check.rule(), schema);
        if (condition != null) {
            return Optional.of(select(schema, rows.and(condition.failing())));
        } else if (check.rule() instanceof Rule.References references) {
            Reference reference = Reference.of(references, schema, datasets);
            return Optional.of(select(schema, rows.and(reference.failingRow())));
        } else if (check.rule() instanceof Rule.Unique unique) {
            Uniqueness keys = new Uniqueness(scope, unique.columns(), check.where());
            String order = " ORDER BY " + DuckSql.names(unique.columns());
            return Optional.of(select(schema, keys.repeated() + order));
        } else if (check.rule() instanceof Rule.RowSql rowSql) {
            return Optional.of("SELECT CAST(to_json(_hw_found) AS VARCHAR) FROM ("
                    + queries.select(check, rowSql, FailingRowsQuery.rows(rows)) + "\n) AS _hw_found LIMIT "
                    + scope.sampleRows());
        }
        return Optional.empty();
    }

    private String select(Schema schema, String from) {
        return "SELECT " + object(schema) + " FROM " + from + " LIMIT " + scope.sampleRows();
    }

    private static String object(Schema schema) {
        return schema.fields().stream()
                .map(field -> DuckSql.text(field.name()) + ", " + value(field))
                .collect(Collectors.joining(", ", "CAST(json_object(", ") AS VARCHAR)"));
    }

    private static String value(Field field) {
        String column = DuckSql.name(field.name());
        if (field.type() == Simple.FLOAT || field.type() == Simple.DOUBLE) {
            // NaN and infinity are no JSON numbers
            return "CASE WHEN isfinite(" + column + ") THEN to_json(" + column + ") ELSE to_json(CAST(" + column
                    + " AS VARCHAR)) END";
        } else if (field.type().isText() && !(field.type() instanceof DataType.Enumeration)) {
            return "CASE WHEN length(" + column + ") > " + LONGEST_TEXT + " THEN concat(left(" + column + ", "
                    + LONGEST_TEXT + "), '…') ELSE " + column + " END";
        } else if (isPlain(field.type())) {
            return column;
        }
        return "left(CAST(" + column + " AS VARCHAR), " + LONGEST_TEXT + ")";
    }

    private static boolean isPlain(DataType type) {
        return type.isNumber() || type.isTime() || type == Simple.BOOLEAN;
    }
}
