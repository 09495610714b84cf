package io.headworks.duckdb.compile;

import io.headworks.api.secret.Secret;
import io.headworks.api.transform.Operation.Hash;
import io.headworks.api.transform.Operation.Mask;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;

/** Operations that hide values: hash and mask. NULL stays NULL: that something is missing is no secret. */
final class PrivacySteps {
    private static final List<String> ALGORITHMS = List.of("sha256", "md5");
    private static final List<String> RULES = List.of("last4", "first1", "email", "full");

    private PrivacySteps() {}

    static Step hash(Hash hash, Shape input, CompileContext context) {
        ColumnSteps.refuseEmpty("hash", hash.algorithms());
        Projection projection = new Projection(input);
        Secret salt = hash.salt();
        String salted = salt == null ? "" : context.secret(salt) + " || ";
        hash.algorithms().forEach((column, algorithm) -> {
            Field field = input.column("hash", column);
            refuseUnknown("hash " + column, algorithm, ALGORITHMS);
            projection.set(
                    column,
                    algorithm + "(" + salted + text("hash " + column, field) + ")",
                    DataType.TEXT,
                    field.nullable());
        });
        return projection.step();
    }

    static Step mask(Mask mask, Shape input) {
        ColumnSteps.refuseEmpty("mask", mask.rules());
        Projection projection = new Projection(input);
        mask.rules().forEach((column, rule) -> {
            Field field = input.column("mask", column);
            refuseUnknown("mask " + column, rule, RULES);
            projection.set(column, masked(rule, text("mask " + column, field)), DataType.TEXT, field.nullable());
        });
        return projection.step();
    }

    private static String masked(String rule, String text) {
        String stars = "repeat('*', length(" + text + "))";
        return switch (rule) {
            case "last4" ->
                "CASE WHEN length(" + text + ") > 4 THEN repeat('*', length(" + text + ") - 4) || right(" + text
                        + ", 4) ELSE " + stars + " END";
            case "first1" ->
                "CASE WHEN length(" + text + ") > 1 THEN left(" + text + ", 1) || repeat('*', length(" + text
                        + ") - 1) ELSE " + stars + " END";
            case "email" ->
                "CASE WHEN " + text + " LIKE '_%@_%' THEN left(" + text + ", 1) || '***@' || regexp_extract(" + text
                        + ", '@([^@]*)$', 1) WHEN " + text + " IS NOT NULL THEN '***' END";
            default -> "CASE WHEN " + text + " IS NOT NULL THEN '***' END";
        };
    }

    private static String text(String what, Field field) {
        TypeFamily family = TypeFamily.of(field.type());
        if (family == TypeFamily.NESTED || family == TypeFamily.BINARY) {
            throw Refusal.of(
                    "Cannot " + what + ": " + field.type() + " has no text form that is the same everywhere",
                    "derive a text from it first");
        }
        String column = "i." + DuckSql.name(field.name());
        return family == TypeFamily.TEXT ? column : "CAST(" + column + " AS VARCHAR)";
    }

    private static void refuseUnknown(String what, String given, List<String> allowed) {
        if (!allowed.contains(given)) {
            throw Refusal.of(
                    "Cannot " + what + " by '" + given + "' (allowed: " + String.join(", ", allowed) + ")",
                    Nearest.hint(given, allowed));
        }
    }
}
