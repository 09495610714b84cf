package io.headworks.core.service;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.source.Extract;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.Target;
import io.headworks.core.run.OpenConnections;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.List;
import java.util.Objects;

/** Tables and files as rows in an engine, read and never written; our own tables in a target as well. */
final class DatasetRows {
    private final Workbench bench;
    private final Workbench.Session session;
    private int staged;

    DatasetRows(Workbench bench, Workbench.Session session) {
        this.bench = bench;
        this.session = session;
    }

    /** The rows of a dataset; {@code connection} must be given. */
    Relation read(DatasetName dataset) {
        String name = Objects.requireNonNull(dataset.connection());
        Connection connection = connection(name);
        Connector connector = bench.setup().connectors().of(connection);
        boolean ours = LedgerTables.SCHEMA.equals(dataset.table().schema());
        if (connector.isSource() && (ours || !connector.isTarget())) {
            return fromSource(session.connections().source(name), dataset);
        }
        Target target = session.connections().target(name);
        if (!OpenConnections.isThere(target, dataset.table())) {
            throw missing(dataset, target.tables());
        }
        return target.read(dataset.table());
    }

    /** The connection of that name. */
    Connection connection(String name) {
        Connection connection = bench.project().connections().get(name);
        if (connection == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use connection '" + name + "': it is not declared (declared: "
                            + String.join(", ", bench.project().connections().keySet()) + ")");
        }
        return connection;
    }

    private Relation fromSource(Source source, DatasetName dataset) {
        Extract extract = whole(dataset.table());
        SourceState state = source.observe(extract, null);
        RowSource rows = source.rows(extract, state, null, state.files());
        return rows instanceof RowSource.InPlace inPlace
                ? session.engine().scan(inPlace.scan())
                : session.engine().stage("dataset_" + ++staged, rows).rows();
    }

    static Extract whole(TableName table) {
        return new Extract(new Extract.Reading.Table(table), List.of(), null, null, null);
    }

    private static HeadworksException missing(DatasetName dataset, List<TableName> tables) {
        String near = Nearest.to(
                dataset.table().toString(),
                tables.stream().map(TableName::toString).toList());
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot read " + dataset + ": there is no such table"
                        + (near == null ? "" : "; did you mean " + near + "?"),
                "hw connection tables " + dataset.connection() + " lists the tables");
    }
}
