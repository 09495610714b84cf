package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what may be there only once: names of pipelines, tables that are written, targets of environments. */
final class Collisions {
    private final List<ReadPipeline> pipelines;
    private final List<TableGroup> groups;
    private final ProjectHead head;
    private final Problems problems;

    Collisions(List<ReadPipeline> pipelines, List<TableGroup> groups, ProjectHead head, Problems problems) {
        this.pipelines = pipelines;
        this.groups = groups;
        this.head = head;
        this.problems = problems;
    }

    void report() {
        Map<String, ReadPipeline> names = new HashMap<>();
        Map<String, ReadPipeline> tables = new HashMap<>();
        for (ReadPipeline pipeline : pipelines) {
            String name = pipeline.name();
            ReadPipeline same = name == null ? null : names.putIfAbsent(name.toLowerCase(Locale.ROOT), pipeline);
            if (name != null && same != null) {
                reportTwice(
                        pipeline.at("name", "").place(),
                        name,
                        same.at("name", "").place());
            }
            DatasetName writes = pipeline.writes();
            ReadPipeline other = writes == null ? null : tables.putIfAbsent(storage(writes), pipeline);
            if (other != null) {
                problems.error(
                        pipeline.at("load", "table").place(),
                        "duplicate-target",
                        "Cannot write " + writes + " from two pipelines: also " + other.name() + " ("
                                + other.at("load", "table").place() + ")",
                        null);
            }
        }
        groups.forEach(group -> {
            ReadPipeline same = names.get(group.name().toLowerCase(Locale.ROOT));
            if (same != null) {
                reportTwice(group.place(), group.name(), same.at("name", "").place());
            }
        });
        reportEnvironments();
    }

    private void reportTwice(Place place, String name, Place other) {
        problems.error(
                place,
                "duplicate-name",
                "Cannot use pipeline name '" + name + "' twice: also " + other,
                "give one another name");
    }

    /** Two connections that lead to the same storage are one. */
    private String storage(DatasetName dataset) {
        Connection connection = head.connections().get(String.valueOf(dataset.connection()));
        String where = connection == null ? dataset.connection() + ":" : connection.type() + connection.settings();
        return where + dataset.table().toString().toLowerCase(Locale.ROOT);
    }

    private void reportEnvironments() {
        Set<String> written = new TreeSet<>();
        for (ReadPipeline pipeline : pipelines) {
            String home = pipeline.home();
            if (home != null) {
                written.add(home);
            }
        }
        List<Map.Entry<String, ProjectHead.EnvironmentTargets>> all =
                new ArrayList<>(head.targets().entrySet());
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                compare(all.get(i), all.get(j), written);
            }
        }
    }

    private void compare(
            Map.Entry<String, ProjectHead.EnvironmentTargets> first,
            Map.Entry<String, ProjectHead.EnvironmentTargets> second,
            Set<String> written) {
        for (String connection : written) {
            String one = storage(first.getValue(), connection);
            if (one != null && one.equals(storage(second.getValue(), connection))) {
                problems.error(
                        second.getValue().node().place(),
                        "same-target",
                        "Cannot use environments " + first.getKey() + " and " + second.getKey()
                                + ": both write to connection " + connection + " as it stands in " + HeadReader.FILE,
                        "give " + second.getKey() + " connections of its own");
                return;
            }
        }
    }

    /** A connection's settings as they are written; null where placeholders or a prefix may keep them apart. */
    private static @Nullable String storage(ProjectHead.EnvironmentTargets environment, String connection) {
        Node node = environment.connections().get(connection);
        boolean prefixed = environment.node() instanceof Node.Mapping map && map.get("schema_prefix") != null;
        if (prefixed || !(node instanceof Node.Mapping settings)) {
            return null;
        }
        Set<String> texts = new TreeSet<>();
        for (Node.Entry entry : settings.entries()) {
            texts.add(entry.name() + "=" + (entry.value() instanceof Node.Scalar scalar ? scalar.text() : ""));
        }
        String all = texts.toString();
        return all.contains("${") ? null : all;
    }
}
