package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.MapCodes;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.stream.Collectors;

/** {@code map_codes}: a join with the list of codes, written into the statement. */
final class MapCodesStep {

    private MapCodesStep() {}

    static Step of(MapCodes map, Shape input, String name) {
        Field field = input.column("map_codes", map.column());
        ColumnSteps.refuseEmpty("map_codes " + map.column(), map.codes());
        if (TypeFamily.of(field.type()) == TypeFamily.NESTED) {
            throw Refusal.of("Cannot map_codes " + map.column() + ": " + field.type() + " holds no codes");
        }
        String code = "CAST(i." + DuckSql.name(map.column()) + " AS VARCHAR)";
        String unknown = "i." + DuckSql.name(map.column()) + " IS NOT NULL AND c.code IS NULL";
        Projection projection = new Projection(input)
                .join("LEFT JOIN " + DuckSql.name(name + "_list") + " AS c ON c.code = " + code)
                .set(map.column(), value(map, code, unknown), DataType.TEXT, field.nullable() || mayBeNull(map));
        if (map.unknown() == MapCodes.Unknown.REJECT) {
            projection.reject(new Projection.Rejection(
                    unknown,
                    Reason.of(
                            "unknown-code",
                            Reason.rule("map_codes", map.column()),
                            Reason.sentence("Cannot map " + map.column() + ": code ", code, " is not in the list"))));
        }
        return projection.step().after(List.of(list(map, name + "_list")));
    }

    private static String value(MapCodes map, String code, String unknown) {
        return switch (map.unknown()) {
            case REJECT, SET_NULL -> "c.value";
            case KEEP -> "CASE WHEN " + unknown + " THEN " + code + " ELSE c.value END";
            case VALUE -> "CASE WHEN " + unknown + " THEN " + DuckSql.text(otherwise(map)) + " ELSE c.value END";
        };
    }

    private static boolean mayBeNull(MapCodes map) {
        return map.unknown() == MapCodes.Unknown.REJECT || map.unknown() == MapCodes.Unknown.SET_NULL;
    }

    private static String otherwise(MapCodes map) {
        if (map.otherwise() == null) {
            throw Refusal.of(
                    "Cannot map_codes " + map.column() + ": no value is given for unknown codes",
                    "write unknown: {value: other}");
        }
        return map.otherwise();
    }

    private static String list(MapCodes map, String name) {
        String rows = map.codes().entrySet().stream()
                .map(pair -> "  (" + DuckSql.text(pair.getKey()) + ", " + DuckSql.text(pair.getValue()) + ")")
                .collect(Collectors.joining(",\n"));
        return OperationCompiler.cte(name, "SELECT * FROM (VALUES\n" + rows + "\n) AS v(code, value)");
    }
}
