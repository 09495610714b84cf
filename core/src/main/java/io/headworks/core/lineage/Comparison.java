package io.headworks.core.lineage;

import io.headworks.api.lineage.SelectParts;
import io.headworks.api.lineage.SelectParts.Part;
import io.headworks.core.lineage.Change.Kind;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pipeline as it was and as it is. In doubt a change is breaking. */
final class Comparison {
    private final ProjectLineage before;
    private final ProjectLineage after;
    private final PipelineSpec old;
    private final PipelineSpec now;

    Comparison(ProjectLineage before, ProjectLineage after, PipelineSpec old, PipelineSpec now) {
        this.before = before;
        this.after = after;
        this.old = old;
        this.now = now;
    }

    /** Empty where nothing is different. */
    Optional<Change> change() {
        String other = whatElse();
        if (other != null) {
            return Optional.of(breaking(other, allColumns()));
        }
        ModelSpec was = old.extract().model();
        ModelSpec is = now.extract().model();
        if (was == null || is == null || was.sql().equals(is.sql())) {
            return outside();
        }
        SelectParts parts = after.parts(is);
        SelectParts oldParts = before.parts(was);
        if (before.form(was).equals(after.form(is))) {
            return Optional.of(change(Kind.COSMETIC, "its SELECT means the same", List.of(), List.of()));
        }
        return Optional.of(ofParts(oldParts, parts));
    }

    /** What makes other rows beside a SELECT; null for nothing. */
    private @Nullable String whatElse() {
        if (!Objects.equals(old.writes(), now.writes())) {
            return "it writes " + now.writes() + " instead of " + old.writes();
        } else if (!old.load().equals(now.load())) {
            return "its rows are loaded otherwise (load)";
        } else if (!old.preLoad().equals(now.preLoad()) || !old.errorHandling().equals(now.errorHandling())) {
            return "other rows may be rejected (quality_gates.pre_load, error_handling)";
        } else if (!old.stages().equals(now.stages())) {
            return "its stages are others (transform)";
        } else if (!withoutSql(old.extract()).equals(withoutSql(now.extract()))) {
            return now.extract().model() == null ? "it reads otherwise (extract)" : "its SELECT is run otherwise";
        }
        return null;
    }

    /** The SELECT is compared by what it means; what it may give over again is a part of that. */
    private static List<@Nullable Object> withoutSql(ExtractSpec extract) {
        ModelSpec model = extract.model();
        List<@Nullable Object> rest = new ArrayList<>();
        rest.add(extract.connection());
        rest.add(extract.incremental());
        rest.add(extract.slice());
        rest.add(extract.allowEmpty());
        if (model == null) {
            rest.add(extract.extract());
        } else {
            rest.add(model.runOn());
            rest.add(model.changed());
            rest.add(
                    extract.extract().reading() instanceof io.headworks.api.source.Extract.Reading.Model reading
                            ? reading.values()
                            : Map.of());
        }
        return rest;
    }

    /** Things that no row depends on. */
    private Optional<Change> outside() {
        List<String> what = new ArrayList<>();
        if (!old.postLoad().equals(now.postLoad())) {
            what.add("checks");
        }
        if (!Objects.equals(old.description(), now.description()) || !Objects.equals(old.owner(), now.owner())) {
            what.add("description");
        }
        if (!old.tags().equals(now.tags()) || old.tier() != now.tier()) {
            what.add("tags");
        }
        if (!old.schedule().equals(now.schedule()) || !Objects.equals(old.slaMinutes(), now.slaMinutes())) {
            what.add("schedule");
        }
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        change(Kind.COSMETIC, "only " + String.join(", ", what) + " changed", List.of(), List.of()));
    }

    private Change ofParts(SelectParts was, SelectParts is) {
        List<String> added = is.columns().keySet().stream()
                .filter(name -> !was.columns().containsKey(name))
                .toList();
        List<String> other = was.columns().entrySet().stream()
                .filter(column ->
                        !form(column.getValue()).equals(form(is.columns().get(column.getKey()))))
                .map(Map.Entry::getKey)
                .toList();
        if (is.columns().isEmpty() || !was.rest().form().equals(is.rest().form())) {
            return breaking("which rows there are, or all of their columns, may be others", allColumns());
        }
        Set<String> touched = new LinkedHashSet<>(added);
        touched.addAll(other);
        String caught = touched.stream()
                .filter(name -> isNamed(name, was) || isNamed(name, is))
                .findFirst()
                .orElse(null);
        if (caught != null) {
            return breaking("'" + caught + "' is a name that other parts of the SELECT use", allColumns());
        }
        List<String> gone =
                other.stream().filter(name -> !is.columns().containsKey(name)).toList();
        if (!other.isEmpty()) {
            String why = gone.isEmpty()
                    ? "made otherwise: " + String.join(", ", other)
                    : "no more there: " + String.join(", ", gone);
            return change(Kind.BREAKING, why, other, added);
        }
        String unknown = lineageUnknown();
        if (unknown != null) {
            return breaking(unknown, allColumns());
        }
        return added.isEmpty()
                ? breaking("its columns have another order", allColumns())
                : change(Kind.ADDITIVE, "more columns: " + String.join(", ", added), List.of(), added);
    }

    private static String form(@Nullable Part part) {
        return part == null ? "" : part.form();
    }

    /** True when another part of the SELECT may mean this column by its name. */
    private static boolean isNamed(String column, SelectParts parts) {
        String name = column.toLowerCase(Locale.ROOT);
        return parts.rest().names().contains(name)
                || parts.columns().entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(column)
                                && other.getValue().names().contains(name));
    }

    /** Only what can be followed is known to be added and no more. */
    private @Nullable String lineageUnknown() {
        return after.ofPipeline(now.name())
                .map(DatasetLineage::unknown)
                .map(why -> "its lineage is not known (" + why + ")")
                .orElse(null);
    }

    private List<String> allColumns() {
        Set<String> all = new LinkedHashSet<>();
        before.ofPipeline(old.name()).ifPresent(lineage -> all.addAll(lineage.columnNames()));
        after.ofPipeline(now.name()).ifPresent(lineage -> all.addAll(lineage.columnNames()));
        return List.copyOf(all);
    }

    private Change breaking(String why, List<String> columns) {
        return change(Kind.BREAKING, why, columns, List.of());
    }

    private Change change(Kind kind, String why, List<String> columns, List<String> added) {
        return new Change(now.name(), now.writes().toString(), kind, why, columns, added);
    }
}
