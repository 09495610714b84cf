package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.SqlInspector.Input;
import io.headworks.api.engine.SqlInspector.Reach;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Strategy;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.ModelSpec.Changed;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the inputs that {@code {{ changed(x) }}} of a model name. */
final class ChangedInputs {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(changed\\b.*?)\\s*}}", Pattern.DOTALL);
    private static final String PART = "(?:\"([^\"]+)\"|(\\w+))";
    private static final Pattern CALL =
            Pattern.compile("changed\\s*\\(\\s*" + PART + "(?:\\s*\\.\\s*" + PART + ")?\\s*\\)");

    private final SqlText text;
    private final Reach reach;
    private final List<DatasetUse> uses;
    private final DatasetCatalog catalog;
    private final Problems problems;

    ChangedInputs(SqlText text, Reach reach, List<DatasetUse> uses, DatasetCatalog catalog, Problems problems) {
        this.text = text;
        this.reach = reach;
        this.uses = uses;
        this.catalog = catalog;
        this.problems = problems;
    }

    /** Each placeholder once; what has no meaning is reported. */
    List<Changed> all() {
        Map<String, Changed> found = new LinkedHashMap<>();
        Matcher placeholder = PLACEHOLDER.matcher(text.sql());
        while (placeholder.find()) {
            String written = placeholder.group(1);
            Matcher call = CALL.matcher(written);
            if (!call.matches()) {
                refuse(
                        placeholder.start(),
                        written,
                        "it names no input (allowed: changed(x), changed(x.column))",
                        null);
                continue;
            }
            String name = call.group(1) != null ? call.group(1) : call.group(2);
            String column = call.group(3) != null ? call.group(3) : call.group(4);
            Changed changed = changed(placeholder.start(), written, name, column);
            if (changed != null) {
                found.put(written, changed);
            }
        }
        return new ArrayList<>(found.values());
    }

    private @Nullable Changed changed(int offset, String written, String name, @Nullable String column) {
        List<Input> called = reach.inputs().stream()
                .filter(input -> input.name().equalsIgnoreCase(name))
                .toList();
        List<DatasetUse> meant = called.stream()
                .map(this::use)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (called.isEmpty()) {
            List<String> names =
                    reach.inputs().stream().map(Input::name).distinct().toList();
            String nearest = Nearest.to(name, names);
            refuse(
                    offset,
                    written,
                    "'" + name + "' is no input (inputs: " + String.join(", ", names) + ")",
                    nearest == null ? null : "did you mean '" + nearest + "'?");
            return null;
        } else if (meant.isEmpty()) {
            return null;
        } else if (meant.size() > 1) {
            refuse(
                    offset,
                    written,
                    "'" + name + "' is " + meant.get(0).dataset() + " and "
                            + meant.get(1).dataset(),
                    "give each a name of its own: FROM … AS x");
            return null;
        }
        String why = column == null ? withoutRuns(meant.get(0)) : null;
        if (why != null) {
            refuse(
                    offset,
                    written,
                    why,
                    "name a column by which changed rows are found: changed(" + name + ".updated_at)");
            return null;
        }
        return new Changed(written, called.get(0).name(), meant.get(0).written(), column);
    }

    private @Nullable DatasetUse use(Input input) {
        DatasetName name = DatasetName.parse(input.table());
        return uses.stream()
                .filter(use -> use.written().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Why the rows of an input do not say which load wrote them; null when they do. */
    private @Nullable String withoutRuns(DatasetUse use) {
        ReadPipeline producer = catalog.producer(use.dataset());
        if (producer == null) {
            return use.dataset() + " comes from outside the project, and its rows do not say which load wrote them";
        }
        PipelineSpec spec = producer.spec();
        if (spec == null) {
            return null;
        }
        AuditColumns audit = spec.load().audit();
        if (spec.load().strategy() == Strategy.VIEW) {
            return use.dataset() + " is a view, and its rows do not say which load wrote them";
        }
        return audit == null ? use.dataset() + " has no audit columns (load.audit_columns: none)" : null;
    }

    private void refuse(int offset, String written, String reason, @Nullable String hint) {
        problems.error(
                text.place(offset),
                "unknown-placeholder",
                "Cannot use SQL of " + ModelReview.KEY + ": {{ " + written + " }}: " + reason,
                hint);
    }
}
