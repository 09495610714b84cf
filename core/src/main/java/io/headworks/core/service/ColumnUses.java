package io.headworks.core.service;

import io.headworks.api.lineage.SourceColumn;
import io.headworks.core.drift.SourceKey;
import io.headworks.core.lineage.ColumnWalk;
import io.headworks.core.lineage.DatasetLineage;
import io.headworks.core.lineage.DatasetWalk;
import io.headworks.core.lineage.ProjectLineage;
import io.headworks.core.spec.Origin;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is made from a column of a source, and where project files name it. */
public final class ColumnUses {
    private final ProjectLineage lineage;
    private final ColumnWalk walk;

    public ColumnUses(ProjectLineage lineage) {
        this.lineage = lineage;
        this.walk = new ColumnWalk(lineage);
    }

    /**
     * What depends on one column.
     *
     * @param made columns of tables
     * @param mentions where files name the column, or one that is made from it
     * @param perhaps datasets whose columns cannot be followed
     */
    public record Uses(String column, List<SourceColumn> made, List<Mention> mentions, List<String> perhaps) {
        public Uses {
            made = List.copyOf(made);
            mentions = List.copyOf(mentions);
            perhaps = List.copyOf(perhaps);
        }

        public Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("column", column);
            tree.put(
                    "made",
                    made.stream()
                            .map(each -> Map.of("dataset", each.table(), "column", each.column()))
                            .toList());
            tree.put("mentions", mentions.stream().map(Mention::document).toList());
            tree.put("perhaps", perhaps);
            return tree;
        }
    }

    /** A place in a project file. */
    public record Mention(String pipeline, String key, String value, Place place) {
        Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("pipeline", pipeline);
            tree.put("key", key);
            tree.put("value", value);
            tree.put("file", place.file());
            tree.put("line", place.line());
            return tree;
        }
    }

    /** What depends on a column of what a pipeline reads. */
    public Uses of(SourceKey source, String column) {
        SourceColumn start = new SourceColumn(source.source(), column);
        Set<SourceColumn> made = new LinkedHashSet<>();
        walk.down(List.of(start)).forEach(edge -> made.add(edge.to()));
        Set<String> tables = new LinkedHashSet<>();
        made.forEach(each -> tables.add(each.table()));
        List<Mention> mentions = new ArrayList<>();
        for (PipelineSpec pipeline : lineage.project().pipelines()) {
            Set<String> names = new LinkedHashSet<>();
            if (pipeline.name().equals(source.pipeline())) {
                names.add(column);
            }
            made.stream()
                    .filter(each -> each.table().equals(pipeline.writes().toString()))
                    .forEach(each -> names.add(each.column()));
            mentions.addAll(mentions(pipeline, names));
        }
        List<String> perhaps = new DatasetWalk(lineage)
                .blind(tables).stream().map(DatasetLineage::dataset).toList();
        return new Uses(column, List.copyOf(made), mentions, perhaps);
    }

    private static List<Mention> mentions(PipelineSpec pipeline, Set<String> names) {
        List<Mention> mentions = new ArrayList<>();
        for (Origin origin : pipeline.origins()) {
            if (origin.place() != null
                    && !isProse(origin.key())
                    && names.stream().anyMatch(name -> names(origin, name))) {
                mentions.add(new Mention(
                        pipeline.name(), origin.key(), origin.value(), Objects.requireNonNull(origin.place())));
            }
        }
        return mentions;
    }

    private static boolean isProse(String key) {
        return key.endsWith("description") || key.endsWith(".name") || key.equals("name");
    }

    /** As a key, as a value, or as a word of an expression. */
    private static boolean names(Origin origin, String column) {
        Pattern word = Pattern.compile(
                "(?<![\\p{Alnum}_])" + Pattern.quote(column) + "(?![\\p{Alnum}_])", Pattern.CASE_INSENSITIVE);
        return origin.key().endsWith("." + column)
                || word.matcher(origin.value()).find();
    }
}
