package io.headworks.core.spec.loading;

import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.format.PipelineFormat;
import io.headworks.core.spec.yaml.Merge;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the pipelines of all files, each over its defaults; one of many tables becomes one for each of them. */
final class PipelineReader {
    private final ProjectHead head;
    private final Documents documents;
    private final ProjectFiles files;
    private final @Nullable SourceTables sources;

    /** @param sources null where no source is to be asked */
    PipelineReader(ProjectHead head, Documents documents, ProjectFiles files, @Nullable SourceTables sources) {
        this.head = head;
        this.documents = documents;
        this.files = files;
        this.sources = sources;
    }

    /** What was read. */
    record AllRead(List<ReadPipeline> pipelines, List<TableGroup> groups) {}

    /** Reads all; what is wrong with pipelines is among them, what is wrong with many tables at once is reported. */
    AllRead read(Problems problems) {
        List<ReadTables> tables = documents.pipelines().parallelStream()
                .map(this::overDefaults)
                .map(this::tables)
                .toList();
        tables.forEach(each -> problems.addAll(each.problems()));
        List<ReadPipeline> pipelines =
                tables.stream().flatMap(each -> each.pipelines().stream()).toList();
        pipelines.forEach(each -> problems.addAll(each.problems()));
        return new AllRead(
                pipelines,
                tables.stream().flatMap(each -> Stream.ofNullable(each.group())).toList());
    }

    private ReadTables tables(Node node) {
        if (node instanceof Node.Mapping map && ManyTables.isIn(map)) {
            return new TableExpansion(this::reading, head.connections()).read(map, sources);
        }
        Reading in = reading();
        return ReadTables.single(ReadPipeline.of(node, PipelineFormat.KIND.read(node, in), in));
    }

    /** The pipeline over its file's defaults, these over its folder's and those above it, and all over the project's. */
    private Node overDefaults(Node written) {
        if (!(written instanceof Node.Mapping pipeline)) {
            return written;
        }
        Node.Mapping whole = pipeline;
        for (Node.Mapping below : documents.defaultsOf(pipeline.source().file())) {
            whole = Merge.over(below, whole);
        }
        Node.Mapping defaults = head.defaults();
        return defaults == null ? whole : Merge.over(defaults, whole);
    }

    private Reading reading() {
        return new Reading(new Problems(), head.placeholders(), head.known(), files);
    }
}
