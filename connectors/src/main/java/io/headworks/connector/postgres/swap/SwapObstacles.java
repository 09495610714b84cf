package io.headworks.connector.postgres.swap;

import io.headworks.connector.relational.Statements;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why a table cannot be exchanged for another: all that is bound to the table itself and not to its name, and all that a
 * new table would silently lack.
 */
final class SwapObstacles {
    /** Each SELECT gives sentences about {@code c}, the table's row of pg_class. */
    private static final List<String> SELECTS = List.of(
            "SELECT 'it is partitioned' WHERE c.relkind <> 'r'",
            "SELECT 'its owner is ' || pg_get_userbyid(c.relowner) WHERE pg_get_userbyid(c.relowner) <> current_user",
            "SELECT 'the user may not create tables in ' || s.oid::regnamespace::text FROM pg_namespace AS s"
                    + " WHERE (s.oid = c.relnamespace OR s.nspname = 'headworks')"
                    + " AND NOT has_schema_privilege(s.oid, 'CREATE')",
            "SELECT 'row security is set for it' WHERE c.relrowsecurity OR c.relforcerowsecurity"
                    + " OR EXISTS (SELECT 1 FROM pg_policy AS p WHERE p.polrelid = c.oid)",
            "SELECT 'rule ' || r.rulename || ' is made for it' FROM pg_rewrite AS r WHERE r.ev_class = c.oid",
            "SELECT r.ev_class::regclass || ' reads it' FROM pg_depend AS d JOIN pg_rewrite AS r ON r.oid = d.objid"
                    + " WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass"
                    + " AND d.refobjid = c.oid AND r.ev_class <> c.oid",
            "SELECT 'foreign key ' || f.conname || ' of ' || f.conrelid::regclass || ' holds it' FROM pg_constraint AS f"
                    + " WHERE f.contype = 'f' AND c.oid IN (f.conrelid, f.confrelid)",
            "SELECT 'trigger ' || t.tgname || ' is made for it' FROM pg_trigger AS t"
                    + " WHERE t.tgrelid = c.oid AND NOT t.tgisinternal",
            "SELECT 'publication ' || p.pubname || ' sends it to others' FROM pg_publication_tables AS p"
                    + " WHERE p.schemaname = c.relnamespace::regnamespace::name AND p.tablename = c.relname",
            "SELECT 'sequence ' || s.oid::regclass || ' belongs to it' FROM pg_depend AS d JOIN pg_class AS s"
                    + " ON s.oid = d.objid WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                    + " AND d.refobjid = c.oid AND s.relkind = 'S'",
            "SELECT 'its rows are a type of ' || pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend AS d"
                    + " JOIN pg_type AS t ON t.oid = d.refobjid WHERE d.refclassid = 'pg_type'::regclass"
                    + " AND d.deptype = 'n' AND (t.oid = c.reltype OR t.typelem = c.reltype)",
            "SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' depends on it' FROM pg_depend AS d"
                    + " WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype <> 'i'"
                    + " AND d.classid NOT IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass,"
                    + " 'pg_rewrite'::regclass, 'pg_trigger'::regclass)",
            "SELECT pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) || ' has it as a member'"
                    + " FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid"
                    + " AND d.deptype = 'e'",
            "SELECT 'it is typed, unlogged, or stored otherwise than usual' WHERE c.reloftype <> 0"
                    + " OR c.relpersistence <> 'p' OR c.reltablespace <> 0 OR c.relreplident <> 'd'"
                    + " OR c.relam <> (SELECT a.oid FROM pg_am AS a WHERE a.amname = 'heap')",
            "SELECT 'index ' || i.indexrelid::regclass || ' is invalid, clusters it, or has a tablespace' FROM pg_index AS i"
                    + " JOIN pg_class AS n ON n.oid = i.indexrelid WHERE i.indrelid = c.oid"
                    + " AND (NOT i.indisvalid OR i.indisclustered OR n.reltablespace <> 0)",
            "SELECT 'constraint ' || k.conname || ' is not validated' FROM pg_constraint AS k"
                    + " WHERE k.conrelid = c.oid AND NOT k.convalidated",
            "SELECT 'column ' || a.attname || ' has options or a statistics target' FROM pg_attribute AS a"
                    + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                    + " AND (a.attoptions IS NOT NULL OR coalesce(a.attstattarget, -1) >= 0)",
            "SELECT 'it has a security label' FROM pg_seclabel AS l"
                    + " WHERE l.classoid = 'pg_class'::regclass AND l.objoid = c.oid",
            "SELECT 'another user than its owner granted privileges on it' WHERE EXISTS (SELECT 1"
                    + " FROM aclexplode(c.relacl) AS g WHERE g.grantor <> c.relowner)"
                    + " OR EXISTS (SELECT 1 FROM pg_attribute AS a, aclexplode(a.attacl) AS g"
                    + " WHERE a.attrelid = c.oid AND g.grantor <> c.relowner)");

    private static final List<String> OF_TABLES =
            List.of("SELECT 'it inherits, or others inherit from it' FROM pg_inherits AS i"
                    + " WHERE i.inhrelid = c.oid OR i.inhparent = c.oid");

    private static final List<String> OF_PARTITIONS = List.of(
            "SELECT 'others inherit from it' FROM pg_inherits AS i WHERE i.inhparent = c.oid",
            "SELECT 'column ' || a.attname || ' is an identity' FROM pg_attribute AS a"
                    + " WHERE a.attrelid = c.oid AND a.attidentity <> '' AND NOT a.attisdropped",
            "SELECT d.partdefid::regclass || ' holds what fits no other partition, and would be searched under the lock'"
                    + " FROM pg_inherits AS i JOIN pg_partitioned_table AS d ON d.partrelid = i.inhparent"
                    + " WHERE i.inhrelid = c.oid AND d.partdefid NOT IN (0, c.oid)"
                    + " AND (SELECT sum(pg_relation_size(s.relid)) FROM pg_partition_tree(d.partdefid) AS s) >= "
                    + TableBeside.LEAST_BYTES);

    private SwapObstacles() {}

    /** Sentences, none when the table can be exchanged. */
    static List<String> of(Statements sql, long table) {
        return of(
                sql, table, Stream.concat(SELECTS.stream(), OF_TABLES.stream()).toList());
    }

    /** Sentences, none when the partition can be exchanged, as far as it is not its table that stands in the way. */
    static List<String> ofPartition(Statements sql, long partition) {
        return of(
                sql,
                partition,
                Stream.concat(SELECTS.stream(), OF_PARTITIONS.stream()).toList());
    }

    private static List<String> of(Statements sql, long table, List<String> selects) {
        StringBuilder select = new StringBuilder();
        for (int i = 0; i < selects.size(); i++) {
            select.append(i == 0 ? "" : " UNION ALL ")
                    .append("SELECT ")
                    .append(i)
                    .append(" AS place, o.why FROM pg_class AS c CROSS JOIN LATERAL (")
                    .append(selects.get(i))
                    .append(") AS o (why) WHERE c.oid = t.oid");
        }
        return sql.query(
                "SELECT o.why FROM (SELECT CAST(? AS oid) AS oid) AS t CROSS JOIN LATERAL (" + select
                        + ") AS o ORDER BY o.place, o.why",
                row -> row.getString(1),
                table);
    }
}
