package io.headworks.core.service;

import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.BucketHashing;
import io.headworks.api.source.Extract;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of two tables to be compared, looked at but not read. */
sealed interface DiffTable {
    DatasetName dataset();

    Schema schema();

    /** An estimate; null when nobody knows. */
    @Nullable
    Long rows();

    /** Empty when there is none or it is unknown. */
    List<String> primaryKey();

    /** Decides where its rows are hashed. */
    HashedTable hashed(RowHashing hashing);

    /**
     * Looks at a table.
     *
     * @param where in the table's own SQL; null for all rows
     * @param name for work storage
     */
    static DiffTable open(
            Workbench bench, Workbench.Session session, DatasetName dataset, @Nullable String where, String name) {
        String connection = Objects.requireNonNull(dataset.connection());
        DatasetRows datasets = new DatasetRows(bench, session);
        Connector connector = bench.setup().connectors().of(datasets.connection(connection));
        if (!connector.isSource()) {
            Relation rows = filtered(session.engine(), datasets.read(dataset), where);
            return new Stored(session.engine(), dataset, rows, session.engine().count(rows));
        }
        Source source = session.connections().source(connection);
        Extract extract = whole(dataset, where);
        return new Read(
                session.engine(), dataset, where, name, connector.type().name(), source, source.observe(extract, null));
    }

    private static Extract whole(DatasetName dataset, @Nullable String where) {
        Extract whole = DatasetRows.whole(dataset.table());
        return where == null ? whole : whole.and(where);
    }

    private static Relation filtered(EngineSession engine, Relation rows, @Nullable String where) {
        return where == null ? rows : engine.apply(rows, List.of(new Operation.Filter(where)));
    }

    /** In storage that the engine reads by itself. */
    record Stored(EngineSession engine, DatasetName dataset, Relation relation, Long rows) implements DiffTable {
        @Override
        public Schema schema() {
            return relation.schema();
        }

        @Override
        public List<String> primaryKey() {
            return List.of();
        }

        @Override
        public HashedTable hashed(RowHashing hashing) {
            return new HashedTable.Here(engine.comparison(), relation, hashing, null);
        }
    }

    /** Read by a source. */
    record Read(
            EngineSession engine,
            DatasetName dataset,
            @Nullable String where,
            String name,
            String system,
            Source source,
            SourceState state)
            implements DiffTable {
        @Override
        public Schema schema() {
            return state.schema();
        }

        @Override
        public @Nullable Long rows() {
            return state.rows();
        }

        @Override
        public List<String> primaryKey() {
            return state.primaryKey();
        }

        @Override
        public HashedTable hashed(RowHashing hashing) {
            Extract extract = extract(hashing);
            SourceState chosen = chosen(hashing);
            RowSource rows = source.rows(extract, chosen, null, state.files());
            if (rows instanceof RowSource.InPlace inPlace) {
                return new HashedTable.Here(engine.comparison(), left(engine.scan(inPlace.scan())), hashing, null);
            }
            BucketHashing own = source.hashing();
            String refusal = own == null ? system + " makes no such hashes" : own.refusal(extract, hashing);
            return own == null || refusal != null
                    ? new HashedTable.Here(engine.comparison(), staged(rows), hashing, refusal)
                    : new HashedTable.There(this, own, extract, hashing);
        }

        /** The whole table where it is made of files, whose columns are found together. */
        private Extract extract(RowHashing hashing) {
            Extract whole = whole(dataset, where);
            return state.files().isEmpty()
                    ? new Extract(
                            whole.reading(),
                            hashing.columns().stream()
                                    .map(column -> new Extract.ColumnChoice(column.name(), null))
                                    .toList(),
                            where,
                            null,
                            null)
                    : whole;
        }

        private SourceState chosen(RowHashing hashing) {
            return state.files().isEmpty()
                    ? state.giving(
                            new Schema(
                                    hashing.columns().stream().map(this::field).toList()),
                            state.notes())
                    : state;
        }

        private Field field(HashedColumn column) {
            return schema().field(column.name()).orElseThrow();
        }

        /** A part of the table, in work storage. */
        Relation fetched(Extract part, RowHashing hashing) {
            return staged(source.rows(part, chosen(hashing), null, state.files()));
        }

        private Relation staged(RowSource rows) {
            Staged staged = engine.stage(name, rows);
            if (staged.rejected() > 0) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot compare " + dataset + ": " + staged.rejected() + " of its rows could not be read",
                        "hw preview " + dataset + " shows them; leave the column out with --exclude");
            }
            return left(staged.rows());
        }

        /** Rows that the condition lets through, where the source has not applied it. */
        private Relation left(Relation rows) {
            return source.filters() ? rows : filtered(engine, rows, where);
        }

        /** @throws HeadworksException when a file was written to while it was read */
        void checkUnchanged() {
            source.checkUnchanged(state, state.files());
        }
    }
}
