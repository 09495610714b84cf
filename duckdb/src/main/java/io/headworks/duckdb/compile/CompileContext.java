package io.headworks.duckdb.compile;

import io.headworks.api.secret.Secret;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What compiling may ask of a session. Reads no rows.
 *
 * @param sql the session's own connection: describes expressions, parses users' SQL, holds salts
 * @param values of {@code {{ … }}} by name; a key with a null value is known but has none in this run
 */
public record CompileContext(SqlRunner sql, Datasets datasets, Map<String, Object> values) {
    public CompileContext {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    Schema describe(String select) {
        return sql.describe(select);
    }

    /** An expression that gives a secret's value, so that the value itself never stands in a statement that is shown. */
    String secret(Secret secret) {
        String variable = "hw_salt_" + nameOf(secret);
        sql.execute("SET VARIABLE " + variable + " = " + DuckSql.text(secret.value()));
        return "getvariable(" + DuckSql.text(variable) + ")";
    }

    /** The same for the same salt, so that a plan's text does not change, and too short to find it by. */
    private static String nameOf(Secret secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("name of a salt: " + secret.value()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
