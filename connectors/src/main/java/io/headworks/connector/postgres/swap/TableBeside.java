package io.headworks.connector.postgres.swap;

import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.run.FailPoint;
import io.headworks.api.target.WorkTables;
import io.headworks.connector.relational.Statements;
import java.util.List;

/**
 * A new version of a table, filled while readers go on with the old one, then exchanged for it in the load's transaction.
 * The table's object changes, its name and all that belongs to it stay; where that is not so, its rows are replaced instead.
 */
public final class TableBeside implements NewVersion {
    /** Below that, deleting and inserting is done before a new table with its indexes is made. */
    static final long LEAST_BYTES = 64L << 20;

    private final Statements sql;
    private final long old;
    private final String schema;
    private final String table;
    private final String name;
    private final String beside;
    private final String workSchema;

    private TableBeside(Statements sql, Table table, String workName) {
        this.sql = sql;
        this.old = table.oid();
        this.schema = table.schema();
        this.name = table.name();
        this.table = schema + "." + name;
        this.beside = sql.spelling().own(workName);
        this.workSchema = sql.spelling().name(LedgerTables.SCHEMA);
    }

    /** A table: its object identifier, its size, and schema and name, quoted. */
    private record Table(long oid, long bytes, String schema, String name) {
        static Table of(Statements sql, String quoted) {
            return sql.query(
                            "SELECT c.oid, pg_relation_size(c.oid), quote_ident(n.nspname), quote_ident(c.relname)"
                                    + " FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
                                    + " WHERE c.oid = CAST(? AS regclass)",
                            row -> new Table(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)),
                            quoted)
                    .get(0);
        }
    }

    /**
     * How a table is replaced as a whole.
     *
     * @param why against an exchange; empty where the table is exchanged
     */
    public record Way(List<String> why) {
        public boolean isSwap() {
            return why.isEmpty();
        }

        /** For {@code hw plan}. */
        public String sentence() {
            return isSwap()
                    ? "a new table is built beside and swapped in; the old one is locked for that moment only, and a"
                            + " REPEATABLE READ transaction that reads it later sees the new rows"
                    : "deletes and inserts, because " + why.get(0)
                            + (why.size() > 1 ? " (and " + (why.size() - 1) + " more)" : "")
                            + ": VACUUM gives the old rows' space back";
        }
    }

    /** @param quoted the table, qualified */
    public static Way way(Statements sql, String quoted) {
        Table table = Table.of(sql, quoted);
        return new Way(
                table.bytes() < LEAST_BYTES
                        ? List.of("it has less than " + (LEAST_BYTES >> 20) + " MB")
                        : SwapObstacles.of(sql, table.oid()));
    }

    /** Makes the new table, without indexes. Called with other writers locked out. */
    public static TableBeside begin(Statements sql, String quoted, String transaction) {
        TableBeside made = new TableBeside(sql, Table.of(sql, quoted), WorkTables.name(transaction, 1));
        sql.execute("CREATE TABLE " + made.beside + " (LIKE " + made.table
                + " INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY EXCLUDING STATISTICS)");
        made.carried().options();
        return made;
    }

    private CarriedOver carried() {
        return new CarriedOver(sql, old, beside, workSchema);
    }

    @Override
    public String sql() {
        return beside;
    }

    @Override
    public void index() {
        carried().indexes();
        sql.execute("ANALYZE " + beside);
    }

    /**
     * Exchanges the tables. Somebody who reads the old one for long, or builds something upon it in this moment, is not
     * waited for: then its rows are replaced.
     */
    @Override
    public void publish() {
        if (new ShortLock(sql, table).isTaken() && isExchangeable()) {
            sql.execute("DROP TABLE " + table);
            FailPoint.K21.pass();
            takeName();
        } else {
            replaceRows();
        }
    }

    /** Called when the old table is gone. */
    void takeName() {
        sql.execute("ALTER TABLE " + beside + " RENAME TO " + name);
        sql.execute("ALTER TABLE " + workSchema + "." + name + " SET SCHEMA " + schema);
    }

    /** What is cheap enough to be done under the lock, and may have changed until then. */
    void carryRest() {
        CarriedOver carried = carried();
        carried.comments();
        carried.grants();
    }

    private boolean isExchangeable() {
        carryRest();
        long made = Table.of(sql, beside).oid();
        return SwapObstacles.of(sql, old).isEmpty()
                && TablePortrait.of(sql, old).equals(TablePortrait.of(sql, made));
    }

    /** Another way to the same end: the new rows go into the old table, which keeps its place. */
    void replaceRows() {
        String columns = String.join(
                ", ",
                sql.query(
                        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = ? AND attnum > 0"
                                + " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                        row -> row.getString(1),
                        old));
        sql.execute("DELETE FROM " + table);
        sql.execute("INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM " + beside);
        sql.execute("DROP TABLE " + beside);
    }
}
