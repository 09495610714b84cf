package io.headworks.connector.relational;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.target.WrittenDataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes what an environment's loads wrote out of a database, and what is remembered of them; in a transaction of the caller's. */
final class Forgetting {
    private static final String OF_ENVIRONMENT = "project_id = ? AND environment = ?";

    private final Statements sql;
    private final String projectId;
    private final String environment;

    Forgetting(Statements sql, String projectId, String environment) {
        this.sql = sql;
        this.projectId = projectId;
        this.environment = environment;
    }

    /** Where dropping commits, the ledger goes last: who begins again finds what is left by it. */
    void run(List<WrittenDataset> written) {
        if (!OwnTables.exists(sql, LedgerTables.LEDGER)) {
            return;
        }
        written.forEach(each -> supersede(each.dataset()));
        Map<String, String> others = others();
        List<TargetTable> tables = written.stream()
                .flatMap(each -> each.tables().stream())
                .flatMap(name -> sql.database().find(sql, name).stream())
                .toList();
        tables.forEach(table -> refuseShared(table, others));
        tables.forEach(table -> sql.execute("DROP TABLE " + table.sql()));
        String ledger = own(LedgerTables.LEDGER);
        written.forEach(each -> sql.update(
                "DELETE FROM " + ledger + " WHERE " + OF_ENVIRONMENT + " AND dataset = ?",
                projectId,
                environment,
                each.dataset()));
        if (OwnTables.exists(sql, LedgerTables.DEAD_LETTER)) {
            sql.update(
                    "DELETE FROM " + own(LedgerTables.DEAD_LETTER) + " WHERE " + OF_ENVIRONMENT,
                    projectId,
                    environment);
        }
        refuseMore(ledger);
    }

    /** A run that is under way finds another number than its own, and cannot publish. */
    private void supersede(String dataset) {
        String number = sql.spelling().ownColumn("number");
        sql.update(
                "UPDATE " + own(LedgerTables.FENCE) + " SET " + number + " = " + number + " + 1 WHERE dataset = ?",
                dataset);
    }

    /** Environments of this project or others, by the tables that their loads went into. */
    private Map<String, String> others() {
        Map<String, String> others = new HashMap<>();
        List<String[]> rows = sql.query(
                "SELECT DISTINCT dataset, environment FROM " + own(LedgerTables.LEDGER) + " WHERE NOT ("
                        + OF_ENVIRONMENT + ")",
                row -> new String[] {row.getString(1), row.getString(2)},
                projectId,
                environment);
        for (String[] row : rows) {
            TableName table = DatasetName.parse(row[0]).table();
            sql.database().find(sql, table).ifPresent(found -> others.put(found.sql(), row[1]));
        }
        return others;
    }

    private void refuseShared(TargetTable table, Map<String, String> others) {
        String other = others.get(table.sql());
        if (other != null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot drop " + table.name() + " with environment " + environment + ": environment " + other
                            + " has loaded into it too",
                    "nothing was dropped; drop what is left by hand");
        }
    }

    private void refuseMore(String ledger) {
        long left = sql.number("SELECT count(*) FROM " + ledger + " WHERE " + OF_ENVIRONMENT, projectId, environment);
        if (left > 0) {
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot drop environment " + environment + ": a run has loaded another table meanwhile",
                    "look at it again");
        }
    }

    private String own(String table) {
        return sql.spelling().own(table);
    }
}
