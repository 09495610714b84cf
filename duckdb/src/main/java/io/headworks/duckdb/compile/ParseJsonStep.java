package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Cast.OnError;
import io.headworks.api.transform.Operation.ParseJson;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;

/** {@code parse_json}: JSON text read as a type, exactly. */
final class ParseJsonStep {

    private ParseJsonStep() {}

    static Step of(ParseJson parse, Shape input, String name) {
        ColumnSteps.refuseEmpty("parse_json", parse.columns());
        return Conversions.of(
                input,
                name,
                parse.columns().entrySet().stream()
                        .map(column -> conversion(column.getKey(), column.getValue(), input))
                        .toList());
    }

    private static Conversions.Conversion conversion(String column, DataType type, Shape input) {
        Field field = input.column("parse_json", column);
        TypeFamily family = TypeFamily.of(field.type());
        if (family != TypeFamily.TEXT && family != TypeFamily.JSON) {
            throw Refusal.of("Cannot parse_json " + column + ": it is " + field.type() + ", not text");
        }
        String text = "i." + DuckSql.name(column);
        String json = "TRY_CAST(" + text + " AS JSON)";
        String begin = DuckSql.text("Cannot parse_json " + column + ": ");
        String misfit = DuckSql.text(" does not fit " + type);
        return new Conversions.Conversion(
                column,
                text,
                exact("parse_json " + column, json, type),
                type,
                true,
                OnError.REJECT,
                "json",
                Reason.rule("parse_json", column),
                value -> begin + ", " + Reason.shown(text) + ", CASE WHEN " + json + " IS NULL THEN ' is no JSON' ELSE "
                        + misfit + " END");
    }

    private static ExactCast exact(String what, String json, DataType type) {
        if (type == Simple.JSON) {
            return ExactCast.whenConverted(json);
        }
        String witness = DuckTypes.spelling(JsonFit.witness(type));
        String kinds = JsonFit.kinds(what, json, type, 0);
        return ExactCast.when(
                "TRY_CAST(" + json + " AS " + DuckTypes.spelling(type) + ")",
                value -> kinds + "\n    AND (" + value + " IS NOT NULL OR json_type(" + json
                        + ") = 'NULL')\n    AND CAST(" + value + " AS " + witness + ") IS NOT DISTINCT FROM TRY_CAST("
                        + json + " AS " + witness + ")");
    }
}
