package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.SourceTable;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.TableGroup.Refusal;
import io.headworks.core.spec.TablePattern;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.format.PipelineFormat;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pipelines of many tables. What is wrong with the file is a problem, as anywhere; what is wrong with one of the
 * source's tables refuses that table alone, so that a table somebody makes at night does not stop all others.
 */
final class TableExpansion {
    private final Supplier<Reading> readings;
    private final Map<String, Connection> connections;

    private static final int MIDDLE_TIER = 2;

    TableExpansion(Supplier<Reading> readings, Map<String, Connection> connections) {
        this.readings = readings;
        this.connections = connections;
    }

    /** @param sources null where no source is to be asked */
    ReadTables read(Node.Mapping definition, @Nullable SourceTables sources) {
        Reading in = readings.get();
        ManyTables many = ManyTables.of(definition, in);
        if (many == null) {
            return new ReadTables(List.of(), null, in.problems().sorted());
        }
        Connection connection = connections.get(many.connection());
        if (sources == null || connection == null) {
            return unasked(many, Map.of());
        }
        try {
            return asked(many, sources.of(connection));
        } catch (HeadworksException unreachable) {
            return unasked(many, Map.of(many.name(), Refusal.of(unreachable)));
        }
    }

    /** Reads what the file gives for the tables that it names: what is wrong with it is known without any source. */
    private ReadTables unasked(ManyTables many, Map<String, Refusal> refused) {
        List<TablePattern> patterns = new ArrayList<>(many.choice().include());
        many.differences().forEach(each -> patterns.add(each.pattern()));
        Problems problems = new Problems();
        for (TablePattern pattern : patterns) {
            SourceTable standIn = standIn(pattern, many);
            Reading in = readings.get();
            PipelineFormat.KIND.read(
                    many.definition(standIn, new TablePattern(standIn.name().toString())), in);
            problems.addAll(in.problems().sorted());
        }
        return new ReadTables(List.of(), group(many, List.of(), refused, List.of()), problems.sorted());
    }

    /** A table that a pattern takes, with any column it may be asked for. */
    private static SourceTable standIn(TablePattern pattern, ManyTables many) {
        TableName name = TableName.parse(pattern.text().replace("*", "table"));
        return new SourceTable(name, true, false, many.incrementalKeys());
    }

    private ReadTables asked(ManyTables many, List<SourceTable> shown) {
        Map<String, ReadPipeline> read = new LinkedHashMap<>();
        Map<String, Refusal> refused = new TreeMap<>();
        for (SourceTable table : shown) {
            many.choice().taking(table).ifPresent(pattern -> {
                String name = many.name() + "." + many.partName(table);
                Refusal refusal = TableRefusals.of(many, table, pattern);
                if (read.remove(name) != null || refused.containsKey(name)) {
                    refused.put(name, TableRefusals.twice(many, name));
                } else if (refusal != null) {
                    refused.put(name, refusal);
                } else {
                    read.put(name, pipeline(many.definition(table, pattern), name));
                }
            });
        }
        refused.putAll(TableRefusals.unused(many, shown));
        if (read.isEmpty() && refused.isEmpty()) {
            refused.put(many.name(), TableRefusals.nothing(many, shown));
        }
        List<String> present = shown.stream().map(table -> table.name().table()).toList();
        return new ReadTables(
                List.copyOf(read.values()), group(many, List.copyOf(read.keySet()), refused, present), List.of());
    }

    private ReadPipeline pipeline(Node.Mapping definition, String name) {
        Reading in = readings.get();
        PipelineSpec spec = PipelineFormat.KIND.read(definition, in);
        Node written = definition.get("name");
        Node.Mapping shown = written == null ? definition : definition.with("name", ManyTables.scalar(written, name));
        return ReadPipeline.of(shown, spec == null ? null : spec.named(name), in);
    }

    private TableGroup group(
            ManyTables many, List<String> pipelines, Map<String, Refusal> refused, List<String> present) {
        PipelineSpec common = common(many);
        return new TableGroup(
                many.name(),
                many.template().place(),
                many.connection(),
                many.target(),
                many.written(),
                many.choice(),
                common == null ? new Schedule.Manual() : common.schedule(),
                common == null ? MIDDLE_TIER : common.tier(),
                common == null ? null : common.slaMinutes(),
                pipelines,
                refused,
                present);
    }

    /** What holds for the group as a whole, as for its first table; null when the definition is wrong, which was reported. */
    private @Nullable PipelineSpec common(ManyTables many) {
        List<TablePattern> include = many.choice().include();
        return include.isEmpty()
                ? null
                : PipelineFormat.KIND.read(
                        many.definition(standIn(include.get(0), many), include.get(0)), readings.get());
    }
}
