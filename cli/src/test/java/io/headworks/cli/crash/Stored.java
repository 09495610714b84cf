package io.headworks.cli.crash;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineFactory;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.core.connection.Connectors;
import io.headworks.core.service.CellValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What a project and its target hold, without what differs from run to run: ids, times, fence numbers.
 *
 * @param content every row of the tables
 * @param objects tables, indexes and the like of a database, those of nobody's business among them
 * @param files of the project and the target
 */
record Stored(
        List<String> content, List<String> ledger, List<String> deadLetters, List<String> objects, List<String> files) {
    /** The table, and the one beside it with the versions of columns of type 4. */
    private static final List<TableName> TABLES =
            List.of(new TableName(null, "facts"), new TableName(null, "facts_history"));

    private static final LedgerKey LETTERS = new LedgerKey(Combination.PROJECT_ID, "default", "", "load", "");

    /** A time of these tests: data is older, and what never ends is later. */
    private static final String NOW = "20[2-9][5-9]-\\d\\d-\\d\\d[T ][0-9:.]+Z?";

    static Stored read(CrashProject project) throws IOException {
        // listed before anything is opened, which may repair it
        List<String> files = Leftovers.files(project.folder());
        List<String> objects = project.objects();
        List<Connector> connectors = new ArrayList<>();
        ServiceLoader.load(Connector.class).forEach(connectors::add);
        Path folder = project.folder();
        Path work = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-look"));
        try (Engine engine = ServiceLoader.load(EngineFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .open(Resources.UNSET, work);
                EngineSession session = engine.session("look", work, new Cancellation());
                Target target = new Connectors(connectors).openTarget(project.target(), session)) {
            return new Stored(
                    rows(session, target),
                    target.ledger(Combination.PROJECT_ID, "default").stream()
                            .map(row -> line(row, project.combination()))
                            .toList(),
                    target.deadLetters(LETTERS, true, 1000).stream()
                            .map(letter -> letter.stage() + " " + letter.code() + " " + letter.payload())
                            .sorted()
                            .toList(),
                    objects,
                    files);
        }
    }

    /** What this has and the other lacks, and the other way round. */
    String differenceTo(Stored right) {
        return "content " + difference(content, right.content) + ", ledger " + difference(ledger, right.ledger)
                + ", dead letters " + difference(deadLetters, right.deadLetters) + ", objects "
                + difference(objects, right.objects) + ", files " + difference(files, right.files);
    }

    private static String difference(List<String> here, List<String> there) {
        List<String> more = new ArrayList<>(here);
        there.forEach(more::remove);
        List<String> less = new ArrayList<>(there);
        here.forEach(less::remove);
        return more.isEmpty() && less.isEmpty() ? "equal" : "too many " + more + " too few " + less;
    }

    private static List<String> rows(EngineSession session, Target target) throws IOException {
        List<String> rows = new ArrayList<>();
        for (TableName table : TABLES) {
            if (target.tables().contains(table)) {
                rows(session, target.read(table)).forEach(row -> rows.add(table + " " + row));
            }
        }
        return rows;
    }

    private static List<String> rows(EngineSession session, Relation relation) throws IOException {
        List<String> rows = new ArrayList<>();
        try (BatchReader reader = session.read(relation)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(row(batch, row));
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String row(ColumnBatch batch, int row) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < batch.columns().size(); column++) {
            String name = batch.schema().names().get(column);
            if (!name.equals("_hw_loaded_at")) {
                text.append(name)
                        .append('=')
                        .append(String.valueOf(CellValues.of(batch, column, row))
                                .replaceAll(NOW, "now"))
                        .append(' ');
            }
        }
        return text.toString();
    }

    /** Everything of a ledger row that a killed and a never killed run must agree on. */
    private static String line(LedgerRow row, Combination combination) {
        return row.runNumber() + " " + row.kind() + " " + row.positionBefore() + " > " + row.positionAfter() + " "
                + row.sourceIdentity() + " " + row.rowsInserted() + " " + row.rowsUpdated() + " "
                + row.rowsUnchanged() + " " + row.rowsDeleted() + " " + row.rowsRejected() + " " + row.schemaHash()
                + " " + row.planHash() + " " + row.hashAlgorithm() + " "
                + (combination.storesArrival() ? "" : row.contentHash());
    }
}
