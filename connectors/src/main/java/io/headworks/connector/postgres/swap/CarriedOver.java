package io.headworks.connector.postgres.swap;

import io.headworks.connector.relational.Statements;
import java.util.List;

/**
 * What a new table takes over from the one whose place it will take, as statements that the catalogue itself writes.
 *
 * @param from the table's object identifier
 * @param to the new table, quoted, in a schema where no name of the other's indexes is taken
 * @param schema of the new table, quoted
 */
record CarriedOver(Statements sql, long from, String to, String schema) {
    private static final String OPTIONS = """
            SELECT 'ALTER TABLE ' || ? || ' SET (' || string_agg(o.name || ' = ' || quote_literal(o.value), ', ') || ')'
            FROM (SELECT quote_ident(p.option_name), p.option_value FROM pg_class AS c, pg_options_to_table(c.reloptions) AS p
              WHERE c.oid = ? UNION ALL SELECT 'toast.' || quote_ident(p.option_name), p.option_value FROM pg_class AS c
              JOIN pg_class AS t ON t.oid = c.reltoastrelid, pg_options_to_table(t.reloptions) AS p WHERE c.oid = ?)
            AS o (name, value) HAVING count(*) > 0""";

    /** An index's definition names its table behind ON; one of another form gives NULL, and is noticed by the portrait. */
    private static final String INDEXES = """
            SELECT CASE WHEN k.oid IS NULL THEN 'CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX '
                || quote_ident(n.relname) || ' ON ' || ? || substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*')
              ELSE 'ALTER TABLE ' || ? || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
              END
            FROM pg_index AS i JOIN pg_class AS n ON n.oid = i.indexrelid
            LEFT JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid
              AND k.contype IN ('p', 'u', 'x')
            WHERE i.indrelid = ? ORDER BY i.indexrelid""";

    private static final String COMMENTS = """
            SELECT 'COMMENT ON TABLE ' || ? || ' IS ' || quote_literal(obj_description(c.oid, 'pg_class'))
            FROM pg_class AS c WHERE c.oid = ?
            UNION ALL
            SELECT 'COMMENT ON INDEX ' || ? || '.' || quote_ident(n.relname) || ' IS '
              || quote_literal(obj_description(n.oid, 'pg_class'))
            FROM pg_index AS i JOIN pg_class AS n ON n.oid = i.indexrelid WHERE i.indrelid = ?
            UNION ALL
            SELECT 'COMMENT ON CONSTRAINT ' || quote_ident(k.conname) || ' ON ' || ? || ' IS '
              || quote_literal(obj_description(k.oid, 'pg_constraint'))
            FROM pg_constraint AS k WHERE k.conrelid = ?""";

    private static final String REVOKES = """
            SELECT DISTINCT 'REVOKE ALL ON TABLE ' || ? || ' FROM '
              || CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END
            FROM pg_class AS c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS g
            WHERE c.oid = CAST(? AS regclass)""";

    private static final String GRANTS = """
            SELECT 'GRANT ' || g.privilege_type || g.columns || ' ON TABLE ' || ? || ' TO '
              || CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END
              || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            FROM (SELECT x.*, '' AS columns FROM pg_class AS c,
                aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS x WHERE c.oid = ?
              UNION ALL SELECT x.*, ' (' || quote_ident(a.attname) || ')' FROM pg_attribute AS a, aclexplode(a.attacl) AS x
              WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped) AS g""";

    void options() {
        run(OPTIONS, to, from, from);
    }

    /** Of primary keys and unique constraints too; built when the rows are there, because that costs less. */
    void indexes() {
        run(INDEXES, to, to, from);
    }

    void comments() {
        run(COMMENTS, to, from, schema, from, to, from);
    }

    void grants() {
        run(REVOKES, to, to);
        run(GRANTS, to, from, from);
    }

    private void run(String select, Object... parameters) {
        List<String> statements = sql.query(select, row -> row.getString(1), parameters);
        for (String statement : statements) {
            if (statement != null) {
                sql.execute(statement);
            }
        }
    }
}
