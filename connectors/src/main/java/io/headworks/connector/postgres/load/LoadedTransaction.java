package io.headworks.connector.postgres.load;

import io.headworks.api.dataset.TableName;
import io.headworks.connector.postgres.swap.TableLook;
import io.headworks.connector.relational.Statements;
import java.util.HashMap;
import java.util.Map;

/** A load's transaction as the server knows it. */
final class LoadedTransaction {
    private final String number;
    private final Map<TableName, TableLook> made = new HashMap<>();

    private LoadedTransaction(String number) {
        this.number = number;
    }

    /**
     * Each statement sees what others had committed when it began, whatever the user's own default: what a lock was waited
     * for must not be overlooked. A number is taken at once, to tell the transaction from any other that a user's statement
     * may begin.
     */
    static LoadedTransaction begin(Statements sql) {
        sql.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        return new LoadedTransaction(sql.query("SELECT CAST(pg_current_xact_id() AS text)", row -> row.getString(1))
                .get(0));
    }

    String number() {
        return number;
    }

    boolean isOpen(Statements sql) {
        return number.equals(sql.query(
                        "SELECT coalesce(CAST(pg_current_xact_id_if_assigned() AS text), '')", row -> row.getString(1))
                .get(0));
    }

    void makes(TableName table, TableLook look) {
        made.put(table, look);
    }

    /** True for a table of this transaction's to which nothing was done since. */
    boolean madeAs(TableName table, TableLook look) {
        return look.equals(made.get(table));
    }

    /** True for a table that nobody else can have seen yet. */
    boolean made(TableName table) {
        return made.containsKey(table);
    }
}
