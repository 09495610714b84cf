package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The datasets a project knows: what its pipelines write, and what it declares external. Names ignore case. */
final class DatasetCatalog {
    private final Map<String, ReadPipeline> producers = new HashMap<>();
    private final Set<String> external = new HashSet<>();
    private final Set<String> writtenConnections = new HashSet<>();
    private final Set<String> tables = new TreeSet<>();
    private final List<TableGroup> groups;

    /** @param groups what pipelines of many tables may write beside: a table that is gone from its source is still where it was loaded */
    DatasetCatalog(List<ReadPipeline> pipelines, List<TableGroup> groups, List<DatasetName> declared) {
        this.groups = groups;
        groups.stream().map(TableGroup::target).filter(Objects::nonNull).forEach(writtenConnections::add);
        for (ReadPipeline pipeline : pipelines) {
            DatasetName written = pipeline.writes();
            if (written != null && written.connection() != null) {
                producers.putIfAbsent(key(written), pipeline);
                writtenConnections.add(written.connection());
                tables.add(written.table().toString());
            }
        }
        declared.forEach(name -> {
            external.add(key(name));
            tables.add(name.toString());
        });
    }

    /** True when some pipeline writes into a connection. */
    boolean isWritten(String connection) {
        return writtenConnections.contains(connection);
    }

    /** The pipeline that writes a dataset. */
    @Nullable
    ReadPipeline producer(DatasetName dataset) {
        return producers.get(key(dataset));
    }

    /** @param home the connection of the block that names it; null when that is wrong itself */
    @Nullable
    DatasetUse find(DatasetName written, @Nullable String home) {
        DatasetName dataset = home == null ? written : written.in(home);
        ReadPipeline producer = producers.get(key(dataset));
        if (producer != null) {
            // Spelt as its producer spells it: not every target finds a name written in another case.
            DatasetName stored = producer.writes() == null ? dataset : producer.writes();
            PipelineSpec spec = producer.spec();
            return new DatasetUse(written, stored, producer.name(), spec == null ? null : spec.load());
        }
        boolean declared =
                external.contains(key(dataset)) || external.contains(key(new DatasetName(null, written.table())));
        boolean foreign = written.connection() != null && !writtenConnections.contains(written.connection());
        return declared || foreign
                ? new DatasetUse(written, dataset, null, null)
                : groups.stream()
                        .filter(group -> group.mayWrite(dataset))
                        .findFirst()
                        .map(group -> new DatasetUse(written, dataset, group.name(), null))
                        .orElse(null);
    }

    @Nullable
    String nearest(DatasetName written) {
        String near = Nearest.to(written.toString(), tables);
        return near != null
                ? near
                : tables.stream()
                        .filter(each -> lastPart(each).equals(lastPart(written.toString())))
                        .findFirst()
                        .orElse(null);
    }

    private static String lastPart(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1)
                .toLowerCase(Locale.ROOT);
    }

    private static String key(DatasetName name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
