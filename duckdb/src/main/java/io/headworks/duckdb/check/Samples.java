package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
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

    /** A few of them, long values cut; empty for rules that do not point at rows. */
    Optional<String> select(Check check) {
        return json(check, LONGEST_TEXT).map(select -> select + " LIMIT " + scope.sampleRows());
    }

    /** All of them as they are: a relation of one text. */
    Optional<Relation> all(Check check) {
        Schema one = new Schema(List.of(new Field("row", DataType.TEXT, false)));
        return json(check, 0)
                .map(select -> new Relation("SELECT * FROM (" + select + ") AS _hw_all(row)", one, List.of()));
    }

    private Optional<String> json(Check check, int longest) {
        Rows rows = new Rows(scope.relation(), check.where());
        Schema schema = scope.relation().schema();
        if (check.rule() instanceof Rule.Cardinality cardinality) {
            return Optional.of(Occurrences.of(cardinality, rows, datasets).samples());
        } else if (check.rule() instanceof Rule.RowSql rowSql) {
            return Optional.of("SELECT CAST(to_json(_hw_found) AS VARCHAR) FROM ("
                    + queries.select(check, rowSql, FailingRowsQuery.rows(rows)) + "\n) AS _hw_found");
        }
        return from(check, rows, schema).map(from -> "SELECT " + object(schema, longest) + " FROM " + from);
    }

    private Optional<String> from(Check check, Rows rows, Schema schema) {
        RowCondition condition = RowCondition.of(check.rule(), schema);
        AcrossRows across = AcrossRows.of(check.rule(), rows);
        if (condition != null) {
            return Optional.of(rows.and(condition.failing()));
        } else if (across != null) {
            return Optional.of(across.failing());
        } else if (check.rule() instanceof Rule.References references) {
            return Optional.of(
                    rows.and(Reference.of(references, schema, datasets).failingRow()));
        } else if (check.rule() instanceof Rule.Unique unique) {
            Uniqueness keys = new Uniqueness(scope, unique.columns(), check.where());
            return Optional.of(keys.repeated() + " ORDER BY " + DuckSql.names(unique.columns()));
        }
        return Optional.empty();
    }

    private static String object(Schema schema, int longest) {
        return schema.fields().stream()
                .map(field -> DuckSql.text(field.name()) + ", " + value(field, longest))
                .collect(Collectors.joining(", ", "CAST(json_object(", ") AS VARCHAR)"));
    }

    /** @param longest characters that are left of a text; 0 for all */
    private static String value(Field field, int longest) {
        String column = DuckSql.name(field.name());
        if (field.type() == Simple.FLOAT || field.type() == Simple.DOUBLE) {
            // NaN and infinity are no JSON numbers
            return "CASE WHEN isfinite(" + column + ") THEN to_json(" + column + ") ELSE to_json(CAST(" + column
                    + " AS VARCHAR)) END";
        } else if (isPlain(field.type())) {
            return column;
        }
        String text = field.type().isText() && !(field.type() instanceof DataType.Enumeration)
                ? column
                : "CAST(" + column + " AS VARCHAR)";
        return longest == 0
                ? text
                : "CASE WHEN length(" + text + ") > " + longest + " THEN concat(left(" + text + ", " + longest
                        + "), '…') ELSE " + text + " END";
    }

    private static boolean isPlain(DataType type) {
        return type.isNumber() || type.isTime() || type == Simple.BOOLEAN;
    }
}
