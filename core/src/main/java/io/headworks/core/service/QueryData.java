package io.headworks.core.service;

import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One read-only SELECT over the tables and files of a project. */
public final class QueryData {
    private final Workbench bench;
    private final @Nullable String connection;

    /** @param connection where names without one are looked up; null for the tables of pipelines, then the only target */
    public QueryData(Workbench bench, @Nullable String connection) {
        this.bench = bench;
        this.connection = connection;
    }

    /** The first rows of the answer. */
    public RowTable run(String sql, long limit) {
        List<String> names = tables(sql);
        try (Workbench.Session session = bench.open()) {
            DatasetRows datasets = new DatasetRows(bench, session);
            Set<String> bound = new LinkedHashSet<>();
            for (String name : names) {
                DatasetName written = DatasetName.parse(name);
                if (bound.add(written.toString())) {
                    session.engine().bind(written, datasets.read(dataset(written)));
                }
            }
            Relation answer = session.engine().query(sql);
            List<List<@Nullable Object>> rows = Rows.first(session.engine(), answer, limit + 1);
            boolean more = rows.size() > limit;
            return new RowTable(answer.schema(), more ? rows.subList(0, (int) limit) : rows, more);
        }
    }

    private List<String> tables(String sql) {
        try (SqlInspector inspector = bench.inspector()) {
            Finding finding =
                    inspector.inspect(List.of(new Text(sql, Text.Kind.SELECT))).get(0);
            if (finding.error() != null) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot run the query: " + finding.error() + near(sql, finding.errorOffset()),
                        "one SELECT is allowed; it reads datasets by name and changes nothing");
            }
            return finding.tables();
        }
    }

    private static String near(String sql, int offset) {
        return offset < 0 || offset >= sql.length()
                ? ""
                : " (at character " + (offset + 1) + ", near '"
                        + sql.substring(offset, Math.min(sql.length(), offset + 20)) + "')";
    }

    private DatasetName dataset(DatasetName written) {
        if (written.connection() != null) {
            return written;
        }
        if (connection != null) {
            return written.in(connection);
        }
        List<DatasetName> written_by = bench.project().pipelines().stream()
                .map(PipelineSpec::writes)
                .filter(dataset -> dataset.table().equals(written.table())
                        || dataset.table().equals(bench.project().environment().place(written.table())))
                .toList();
        if (written_by.size() == 1) {
            return written_by.get(0);
        }
        List<DatasetName> ofMany = bench.project().ofManyTables(written.table());
        if (ofMany.size() == 1) {
            return ofMany.get(0);
        }
        List<String> targets = targets();
        if (targets.size() == 1) {
            return written.in(targets.get(0));
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot tell where table " + written + " is: the project has the targets " + String.join(", ", targets),
                "name one with --on, or write \"connection:table\" with the quotes");
    }

    private List<String> targets() {
        List<String> targets = new ArrayList<>();
        bench.project().connections().forEach((name, each) -> {
            Connector connector = bench.setup().connectors().of(each);
            if (connector.isTarget()) {
                targets.add(name);
            }
        });
        return targets;
    }
}
