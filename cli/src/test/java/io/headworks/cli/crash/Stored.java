package io.headworks.cli.crash;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineFactory;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
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
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** What a project's target holds, without what may differ from run to run: ids, times, fence numbers. */
record Stored(List<String> rows, List<String> ledger, List<String> deadLetters, List<String> leftovers) {
    private static final TableName TABLE = new TableName(null, "facts");

    static Stored read(Path project, CrashCell cell) throws IOException {
        List<Connector> connectors = new ArrayList<>();
        ServiceLoader.load(Connector.class).forEach(connectors::add);
        Connection connection = new Connection("store", cell.target(), project, Map.of("path", cell.path()), Map.of());
        Path work = Files.createTempDirectory("stored");
        try (Engine engine = ServiceLoader.load(EngineFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .open(Resources.UNSET, work);
                EngineSession session = engine.session("look", work, new Cancellation());
                Target target = new Connectors(connectors).openTarget(connection, session)) {
            return new Stored(
                    target.tables().contains(TABLE) ? rows(session, target.read(TABLE)) : List.of("no table"),
                    target.ledger(CrashCell.PROJECT_ID, "default").stream()
                            .map(Stored::line)
                            .toList(),
                    target.deadLetters("load", true, 1000).stream()
                            .map(letter -> letter.stage() + " " + letter.code() + " " + letter.payload())
                            .sorted()
                            .toList(),
                    leftovers(project, target));
        }
    }

    /** What one has and the other lacks. */
    String differenceTo(Stored right) {
        return "rows " + difference(rows, right.rows) + ", ledger " + difference(ledger, right.ledger)
                + ", dead letters " + difference(deadLetters, right.deadLetters) + ", leftovers " + leftovers;
    }

    private static String difference(List<String> here, List<String> there) {
        List<String> more = new ArrayList<>(here);
        there.forEach(more::remove);
        List<String> less = new ArrayList<>(there);
        here.forEach(less::remove);
        return "too many " + more + " too few " + less;
    }

    private static List<String> rows(EngineSession session, Relation relation) throws IOException {
        List<String> rows = new ArrayList<>();
        try (BatchReader reader = session.read(relation)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    StringBuilder text = new StringBuilder();
                    for (int column = 0; column < batch.columns().size(); column++) {
                        String name = batch.schema().names().get(column);
                        if (!name.startsWith("_hw_")) {
                            text.append(name)
                                    .append('=')
                                    .append(CellValues.of(batch, column, row))
                                    .append(' ');
                        }
                    }
                    rows.add(text.toString());
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    /** Everything of a ledger row that a killed and a never killed run must agree on. */
    private static String line(LedgerRow row) {
        return row.runNumber() + " " + row.kind() + " " + row.positionBefore() + " > " + row.positionAfter() + " "
                + row.rowsInserted() + " " + row.rowsUpdated() + " " + row.rowsUnchanged() + " " + row.rowsDeleted()
                + " "
                + row.rowsRejected() + " " + row.schemaHash() + " " + row.planHash() + " " + row.contentHash();
    }

    /** Work tables, staging folders and unfinished versions that nobody needs any more. */
    private static List<String> leftovers(Path project, Target target) throws IOException {
        List<String> found = new ArrayList<>();
        target.tables().stream()
                .map(TableName::toString)
                .filter(name -> name.contains("hw_tmp_"))
                .forEach(found::add);
        Path staging = project.resolve(".headworks/staging");
        if (Files.exists(staging)) {
            try (Stream<Path> files = Files.list(staging)) {
                files.map(file -> "staging/" + file.getFileName()).forEach(found::add);
            }
        }
        return found;
    }
}
