package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first rows of a table or of files, with what can be seen of them: types, keys, dialect, files. */
public final class PreviewData {
    private static final int SHOWN_FILES = 20;

    private final Workbench bench;

    public PreviewData(Workbench bench) {
        this.bench = bench;
    }

    /**
     * What was seen.
     *
     * @param facts what is known beside the rows, in the order to be shown
     */
    public record Preview(DatasetName dataset, RowTable table, Map<String, @Nullable Object> facts) {

        /** The public document of {@code hw preview}. */
        public Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("dataset", dataset.toString());
            tree.putAll(facts);
            tree.putAll(table.document());
            return tree;
        }
    }

    /** @param written {@code connection:table}, {@code connection:path}, or one of both where only one connection fits */
    public Preview run(String written, int limit) {
        DatasetName dataset = new NamedDataset(bench.project()).of("preview", written);
        try (Workbench.Session session = bench.open()) {
            DatasetRows rows = new DatasetRows(bench, session);
            String name = String.valueOf(dataset.connection());
            boolean source =
                    bench.setup().connectors().of(rows.connection(name)).isSource();
            return source
                    ? fromSource(session, session.connections().source(name), dataset, limit)
                    : new Preview(dataset, table(session, rows.read(dataset), limit), Map.of());
        }
    }

    private Preview fromSource(Workbench.Session session, Source source, DatasetName dataset, int limit) {
        Extract extract = DatasetRows.whole(dataset.table());
        SourceState state = source.observe(extract, null);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("rows_known", state.rows());
        facts.put("bytes", state.bytes());
        facts.put("primary_key", state.primaryKey());
        facts.put(
                "files",
                state.files().stream().limit(SHOWN_FILES).map(FileStamp::path).toList());
        facts.put("file_count", state.files().size());
        facts.put("detected", state.detected());
        facts.put("notes", state.notes());
        RowSource rows = source.rows(
                extract, state, null, state.files().stream().limit(1).toList());
        Staged staged = session.engine().stage("preview", first(rows, limit));
        facts.put("rejected_rows", staged.rejected());
        return new Preview(dataset, table(session, staged.rows(), limit), facts);
    }

    /** A table of a database may be any size: no more of it is read than is shown. */
    private static RowSource first(RowSource rows, int limit) {
        return rows instanceof RowSource.Parallel streams
                ? new RowSource.Streamed(
                        rejects -> new FirstRows(streams.parts().get(0).open(rejects), limit + 1L))
                : rows;
    }

    private static RowTable table(Workbench.Session session, Relation relation, int limit) {
        List<List<@Nullable Object>> rows = Rows.first(session.engine(), relation, limit + 1L);
        boolean more = rows.size() > limit;
        return new RowTable(relation.schema(), more ? new ArrayList<>(rows.subList(0, limit)) : rows, more);
    }
}
