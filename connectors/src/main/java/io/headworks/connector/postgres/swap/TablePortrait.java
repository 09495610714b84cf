package io.headworks.connector.postgres.swap;

import io.headworks.connector.relational.Statements;
import java.util.List;

/** What a table is beside its rows and its name, a line for each thing: two tables with one portrait serve as one. */
final class TablePortrait {
    private static final String SELECT = """
            SELECT line FROM (
              SELECT 1, 0, concat_ws(' ', c.relkind, c.relpersistence, c.relowner, c.reltablespace, c.relam,
                c.reloptions, t.reloptions, quote_nullable(obj_description(c.oid, 'pg_class')))
              FROM pg_class AS c LEFT JOIN pg_class AS t ON t.oid = c.reltoastrelid WHERE c.oid = %1$d
              UNION ALL
              SELECT 2, row_number() OVER (ORDER BY a.attnum), concat_ws(' ', quote_ident(a.attname),
                format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attcollation, a.attstorage, a.attidentity,
                a.attgenerated, a.attacl, pg_get_expr(d.adbin, d.adrelid),
                quote_nullable(col_description(a.attrelid, a.attnum)))
              FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              WHERE a.attrelid = %1$d AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT 3, row_number() OVER (ORDER BY k.conname COLLATE "C"), concat_ws(' ', quote_ident(k.conname),
                pg_get_constraintdef(k.oid), k.convalidated, quote_nullable(obj_description(k.oid, 'pg_constraint')))
              FROM pg_constraint AS k WHERE k.conrelid = %1$d
              UNION ALL
              SELECT 4, row_number() OVER (ORDER BY n.relname COLLATE "C"), concat_ws(' ', quote_ident(n.relname),
                i.indisunique, i.indisprimary, i.indisvalid,
                substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*'),
                quote_nullable(obj_description(n.oid, 'pg_class')))
              FROM pg_index AS i JOIN pg_class AS n ON n.oid = i.indexrelid WHERE i.indrelid = %1$d
              UNION ALL
              SELECT 5, row_number() OVER (ORDER BY g.grantee, g.privilege_type, g.is_grantable),
                concat_ws(' ', g.grantee, g.privilege_type, g.is_grantable)
              FROM pg_class AS c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS g WHERE c.oid = %1$d
            ) AS portrait (part, place, line) ORDER BY part, place""";

    private TablePortrait() {}

    static List<String> of(Statements sql, long table) {
        return sql.query(String.format(SELECT, table), row -> row.getString(1));
    }
}
