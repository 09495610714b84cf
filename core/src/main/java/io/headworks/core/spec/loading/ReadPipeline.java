package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.descriptor.DatasetMention;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as it was read. Name and dataset are known even where the rest is wrong, so that one mistake is not
 * reported as many.
 *
 * @param node the definition with the defaults laid under it
 * @param spec null when it is wrong
 * @param problems what is wrong with it alone
 */
record ReadPipeline(
        @Nullable String name,
        @Nullable DatasetName writes,
        Node node,
        @Nullable PipelineSpec spec,
        List<SqlText> sql,
        List<DatasetMention> mentions,
        List<Problem> problems) {

    static ReadPipeline of(Node node, @Nullable PipelineSpec spec, Reading in) {
        String name = spec == null ? text(node, "name") : spec.name();
        DatasetName writes = spec == null ? guessed(node) : spec.writes();
        return new ReadPipeline(
                name, writes, node, spec, in.sql(), in.datasets(), in.problems().sorted());
    }

    /** The connection of the load, where names without a connection are looked for. */
    @Nullable
    String home() {
        return writes == null ? null : writes.connection();
    }

    Node at(String first, String second) {
        Node part = child(node, first);
        Node inner = part == null ? null : child(part, second);
        return inner != null ? inner : part != null ? part : node;
    }

    private static @Nullable DatasetName guessed(Node node) {
        Node load = child(node, "load");
        String connection = load == null ? null : text(load, "connection");
        connection = load != null && connection == null ? text(load, "target_system") : connection;
        String table = load == null ? null : text(load, "table");
        return connection == null || table == null ? null : new DatasetName(connection, TableName.parse(table));
    }

    private static @Nullable Node child(Node node, String key) {
        return node instanceof Node.Mapping map ? map.get(key) : null;
    }

    private static @Nullable String text(Node node, String key) {
        return child(node, key) instanceof Node.Scalar scalar && !scalar.isNull() ? scalar.text() : null;
    }
}
