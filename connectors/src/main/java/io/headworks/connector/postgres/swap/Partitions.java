package io.headworks.connector.postgres.swap;

import io.headworks.connector.relational.Statements;
import java.util.List;
import java.util.Optional;

/**
 * A partitioned table and its partitions.
 *
 * @param quoted the table, qualified
 */
record Partitions(Statements sql, String quoted) {
    private static final String OBSTACLES = """
            SELECT o.why FROM pg_class AS c CROSS JOIN LATERAL (
              SELECT 1, 'the table has no partitions in PostgreSQL' WHERE c.relkind <> 'p'
              UNION ALL SELECT 2, 'it is a partition itself' WHERE c.relispartition
              UNION ALL SELECT 3, 'its owner is ' || pg_get_userbyid(c.relowner)
                WHERE pg_get_userbyid(c.relowner) <> current_user
              UNION ALL SELECT 4, 'it is partitioned by an expression' FROM pg_partitioned_table AS p
                WHERE p.partrelid = c.oid AND 0 = ANY (p.partattrs::int2[])
              UNION ALL SELECT 5, 'publication ' || p.pubname || ' sends it to others' FROM pg_publication_tables AS p
                WHERE p.schemaname = c.relnamespace::regnamespace::name AND p.tablename = c.relname
              UNION ALL SELECT 6, 'trigger ' || t.tgname || ' is made for it' FROM pg_trigger AS t
                WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
            ) AS o (place, why) WHERE c.oid = CAST(? AS regclass) ORDER BY o.place, o.why""";

    private static final String PARTITION = """
            SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), pg_relation_size(c.oid),
              pg_get_expr(c.relpartbound, c.oid), coalesce(pg_get_partition_constraintdef(c.oid), 'true')
            FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE i.inhparent = CAST(? AS regclass)""";

    /**
     * A partition.
     *
     * @param bound what follows ATTACH PARTITION and its name
     * @param constraint on its rows, of unqualified columns
     */
    record Partition(long oid, String quoted, long bytes, String bound, String constraint) {}

    /** Why no partition of the table can be exchanged; none where each must be asked. */
    List<String> obstacles() {
        return sql.query(OBSTACLES, row -> row.getString(1), quoted);
    }

    Optional<Partition> largest() {
        return find(" ORDER BY 3 DESC, 2 LIMIT 1");
    }

    /** A part that has partitions of its own is none. */
    Optional<Partition> partition(long oid) {
        return find(" AND c.oid = " + oid);
    }

    private Optional<Partition> find(String which) {
        return sql
                .query(
                        PARTITION + which,
                        row -> new Partition(
                                row.getLong(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5)),
                        quoted)
                .stream()
                .findFirst();
    }

    /** The names of the columns by which rows are divided. */
    List<String> key() {
        return sql.query(
                "SELECT a.attname FROM pg_partitioned_table AS p JOIN pg_attribute AS a"
                        + " ON a.attrelid = p.partrelid AND a.attnum = ANY (p.partattrs::int2[])"
                        + " WHERE p.partrelid = CAST(? AS regclass)",
                row -> row.getString(1),
                quoted);
    }
}
