package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.ParseJson;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;

/** {@code parse_json}: JSON text read as a type, exactly. */
final class ParseJsonStep {

    private ParseJsonStep() {}

    static Step of(ParseJson parse, Shape input) {
        ColumnSteps.refuseEmpty("parse_json", parse.columns());
        Projection projection = new Projection(input);
        parse.columns().forEach((column, type) -> {
            Field field = input.column("parse_json", column);
            TypeFamily family = TypeFamily.of(field.type());
            if (family != TypeFamily.TEXT && family != TypeFamily.JSON) {
                throw Refusal.of("Cannot parse_json " + column + ": it is " + field.type() + ", not text");
            }
            String text = "i." + DuckSql.name(column);
            String json = "TRY_CAST(" + text + " AS JSON)";
            ExactCast exact = exact("parse_json " + column, json, type);
            projection.set(column, exact.valueIfFits(), type, true);
            projection.reject(new Projection.Rejection(
                    exact.fails(text),
                    Reason.of(
                            "json",
                            Reason.rule("parse_json", column),
                            DuckSql.text("Cannot parse_json " + column + ": ") + ", " + Reason.shown(text)
                                    + ", CASE WHEN " + json + " IS NULL THEN ' is no JSON' ELSE "
                                    + DuckSql.text(" does not fit " + type) + " END")));
        });
        return projection.step();
    }

    private static ExactCast exact(String what, String json, DataType type) {
        if (type == Simple.JSON) {
            return new ExactCast(json, json + " IS NOT NULL");
        }
        String value = "TRY_CAST(" + json + " AS " + DuckTypes.spelling(type) + ")";
        String witness = "TRY_CAST(" + json + " AS " + DuckTypes.spelling(JsonFit.witness(type)) + ")";
        return new ExactCast(
                value,
                JsonFit.kinds(what, json, type, 0) + "\n    AND (" + value + " IS NOT NULL OR json_type(" + json
                        + ") = 'NULL')\n    AND CAST(" + value + " AS " + DuckTypes.spelling(JsonFit.witness(type))
                        + ") IS NOT DISTINCT FROM " + witness);
    }
}
