package io.headworks.connector.postgres.swap;

import io.headworks.api.run.FailPoint;
import io.headworks.connector.postgres.swap.Partitions.Partition;
import io.headworks.connector.relational.Statements;
import java.util.List;
import java.util.Optional;

/**
 * A new version of one partition, filled and indexed beside it, then detached and attached in the load's transaction.
 * Where something hangs on the old partition, or somebody reads the table all the time, its rows are replaced instead.
 */
public final class PartitionBeside implements NewVersion {
    /** Proves to the server that every row belongs where it is attached, so that it does not look at them under the lock. */
    private static final String PROOF = "hw_tmp_bound";

    private final Statements sql;
    private final String parent;
    private final Partition old;
    private final long rows;
    private final TableBeside beside;

    private PartitionBeside(Statements sql, String parent, Partition old, long rows, TableBeside beside) {
        this.sql = sql;
        this.parent = parent;
        this.old = old;
        this.rows = rows;
        this.beside = beside;
    }

    /** For {@code hw plan}: how rows of a table's partitions are replaced. */
    public static String sentence(Statements sql, String quoted) {
        Partitions partitions = new Partitions(sql, quoted);
        List<String> why = partitions.obstacles();
        Optional<Partition> largest = why.isEmpty() ? partitions.largest() : Optional.empty();
        if (why.isEmpty()) {
            why = largest.filter(PartitionBeside::isLarge)
                    .map(partition -> SwapObstacles.ofPartition(sql, partition.oid()).stream()
                            .map(obstacle -> partition.quoted() + ": " + obstacle)
                            .toList())
                    .orElse(List.of("no partition has " + (TableBeside.LEAST_BYTES >> 20) + " MB"));
        }
        return why.isEmpty()
                ? "a partition of " + (TableBeside.LEAST_BYTES >> 20) + " MB or more is built beside and swapped in by"
                        + " DETACH and ATTACH where its rows are all that is replaced and the new rows all belong to it;"
                        + " other rows are deleted and inserted"
                : "deletes and inserts, because " + why.get(0) + ": VACUUM gives the old rows' space back";
    }

    private static boolean isLarge(Partition partition) {
        return partition.bytes() >= TableBeside.LEAST_BYTES;
    }

    /** True where a table may have partitions that can be exchanged. */
    public static boolean mayBegin(Statements sql, String quoted) {
        return new Partitions(sql, quoted).obstacles().isEmpty();
    }

    /**
     * Makes the new version, where one partition holds all the rows that are replaced and no others, and all the new ones
     * belong to it. Called with other writers locked out.
     *
     * @param replaced a condition on the table's rows {@code t}
     * @param columns the names of the new rows' columns
     * @param batch the new rows, a SELECT that names these columns as the table does
     */
    public static Optional<PartitionBeside> begin(
            Statements sql, String quoted, String replaced, List<String> columns, String batch, String transaction) {
        Partitions partitions = new Partitions(sql, quoted);
        if (!partitions.obstacles().isEmpty() || !columns.containsAll(partitions.key())) {
            return Optional.empty();
        }
        List<long[]> touched = sql.query(
                "SELECT t.tableoid, count(*) FROM " + quoted + " AS t WHERE " + replaced
                        + " GROUP BY t.tableoid LIMIT 2",
                row -> new long[] {row.getLong(1), row.getLong(2)});
        return touched.size() != 1
                ? Optional.empty()
                : partitions
                        .partition(touched.get(0)[0])
                        .filter(old -> isLarge(old)
                                && SwapObstacles.ofPartition(sql, old.oid()).isEmpty()
                                && isNone(sql, "ONLY " + old.quoted() + " AS t", replaced)
                                && isNone(sql, "(" + batch + ") AS r", old.constraint()))
                        .map(old -> new PartitionBeside(
                                sql,
                                quoted,
                                old,
                                touched.get(0)[1],
                                TableBeside.begin(sql, old.quoted(), transaction)));
    }

    /** True when no row is without the condition. */
    private static boolean isNone(Statements sql, String from, String condition) {
        return sql.number("SELECT count(*) FROM (SELECT 1 FROM " + from + " WHERE (" + condition
                        + ") IS NOT TRUE LIMIT 1) AS others")
                == 0;
    }

    /** How many rows the old version has. */
    public long rows() {
        return rows;
    }

    @Override
    public String sql() {
        return beside.sql();
    }

    /**
     * The whole table as it will be, as a SELECT.
     *
     * @param columns a select list of the table's columns
     */
    public String whole(String columns) {
        return "SELECT " + columns + " FROM " + parent + " AS t WHERE t.tableoid <> " + old.oid() + " UNION ALL SELECT "
                + columns + " FROM " + beside.sql() + " AS t";
    }

    @Override
    public void index() {
        beside.index();
        sql.execute("ALTER TABLE " + beside.sql() + " ADD CONSTRAINT " + PROOF + " CHECK (" + old.constraint() + ")");
    }

    @Override
    public void publish() {
        if (!new ShortLock(sql, parent).isTaken() || !isExchanged()) {
            beside.replaceRows();
        }
    }

    private boolean isExchanged() {
        if (!new Partitions(sql, parent).obstacles().isEmpty()
                || !SwapObstacles.ofPartition(sql, old.oid()).isEmpty()) {
            return false;
        }
        List<String> portrait = TablePortrait.of(sql, old.oid());
        sql.execute("SAVEPOINT hw_partition");
        beside.carryRest();
        sql.execute("ALTER TABLE " + parent + " DETACH PARTITION " + old.quoted());
        sql.execute("DROP TABLE " + old.quoted());
        FailPoint.K21.pass();
        beside.takeName();
        sql.execute("ALTER TABLE " + parent + " ATTACH PARTITION " + old.quoted() + " " + old.bound());
        sql.execute("ALTER TABLE " + old.quoted() + " DROP CONSTRAINT " + PROOF);
        long made = sql.number("SELECT CAST(CAST(? AS regclass) AS oid)", old.quoted());
        boolean same = TablePortrait.of(sql, made).equals(portrait);
        sql.execute((same ? "RELEASE" : "ROLLBACK TO") + " SAVEPOINT hw_partition");
        return same;
    }
}
