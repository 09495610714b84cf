package io.headworks.duckdb.compile;

import io.headworks.api.secret.Secret;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.Collections;
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
        String variable = "hw_salt_" + Integer.toHexString(System.identityHashCode(secret));
        sql.execute("SET VARIABLE " + variable + " = " + DuckSql.text(secret.value()));
        return "getvariable(" + DuckSql.text(variable) + ")";
    }
}
