package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.SqlInspector.Input;
import io.headworks.api.engine.SqlInspector.Reach;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.ModelSpec.RunOn;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Variable;
import io.headworks.core.spec.descriptor.Known;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Completes models with what is known once their SQL is read, and refuses what they cannot do. */
final class ModelReview {
    /** The key whose value is a model's SELECT. */
    static final String KEY = "model";

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(var\\.(\\w+))\\s*}}");
    private static final Pattern OF_THE_RUN = Pattern.compile("\\{\\{\\s*(now|run_id)\\s*}}");

    private final SqlReview review;
    private final DatasetCatalog catalog;
    private final Map<String, Variable> variables;
    private final Known known;
    private final Problems problems;

    ModelReview(
            SqlReview review, DatasetCatalog catalog, Map<String, Variable> variables, Known known, Problems problems) {
        this.review = review;
        this.catalog = catalog;
        this.variables = variables;
        this.known = known;
        this.problems = problems;
    }

    /** The extract of a model with all that its SELECT says; of any other pipeline, its own. */
    ExtractSpec completed(ReadPipeline read, PipelineSpec spec, List<DatasetUse> uses) {
        ModelSpec model = spec.extract().model();
        SqlText text = model == null ? null : text(read);
        Reach reach = text == null ? null : review.reach(text);
        if (model == null || text == null || reach == null) {
            return spec.extract();
        }
        refuseSelf(spec, text, reach);
        reach.beyond()
                .forEach(function -> refuse(
                        text,
                        text.sql().toLowerCase(Locale.ROOT).indexOf(function),
                        "beyond-datasets",
                        function + "() reads what is no dataset",
                        "name datasets after FROM and JOIN; files are read by a pipeline's extract"));
        List<ModelSpec.Changed> changed = new ChangedInputs(text, reach, uses, catalog, problems).all();
        refuseLoad(read, spec.load(), spec.extract().slice() != null, changed);
        RunOn runOn = runOn(spec, text, uses);
        List<String> changing = new ArrayList<>(reach.changing());
        Matcher ofTheRun = OF_THE_RUN.matcher(text.sql());
        while (ofTheRun.find()) {
            changing.add("{{ " + ofTheRun.group(1) + " }}");
        }
        return ExtractSpec.of(
                new ModelSpec(model.file(), model.sql(), runOn, selected(read, text, uses), changed, changing),
                values(text),
                spec.extract().slice(),
                spec.extract().allowEmpty());
    }

    /** Datasets that no gate names, so that a run needs them in the engine only if the SELECT runs there. */
    private List<DatasetName> selected(ReadPipeline read, SqlText text, List<DatasetUse> uses) {
        Set<DatasetName> named = new HashSet<>();
        read.mentions().forEach(mention -> named.add(mention.name()));
        review.tables(read.sql().stream().filter(each -> each != text).toList())
                .forEach(mention -> named.add(mention.name()));
        return uses.stream()
                .map(DatasetUse::written)
                .filter(name -> !named.contains(name))
                .toList();
    }

    /** A database of the engine's own kind is read by the engine in place: there is no other way to run on it. */
    private RunOn runOn(PipelineSpec spec, SqlText text, List<DatasetUse> uses) {
        ModelSpec model = spec.extract().model();
        if (model == null
                || model.runOn() == RunOn.ENGINE
                || known.readingEngineSql().contains(spec.connection())) {
            return RunOn.ENGINE;
        }
        if (!known.sources().contains(spec.connection())) {
            refuse(text, 0, "conflicting-keys", "run_on: target needs a connection that is a source too", null);
        }
        int placeholder = text.sql().indexOf("{{");
        if (placeholder >= 0) {
            refuse(text, placeholder, "not-yet", "{{ … }} with run_on: target is not built yet", "take run_on out");
        }
        for (SqlReview.TableMention mention : review.tables(List.of(text))) {
            uses.stream()
                    .filter(use -> use.written().equals(mention.name()))
                    .map(use -> elsewhere(use, spec))
                    .filter(Objects::nonNull)
                    .forEach(why -> refuse(text, mention.offset(), "conflicting-keys", why, "take run_on out"));
        }
        return RunOn.TARGET;
    }

    private static @Nullable String elsewhere(DatasetUse use, PipelineSpec spec) {
        if (!spec.connection().equals(use.dataset().connection())) {
            return "run_on: target needs all inputs in " + spec.connection() + ", and " + use.dataset() + " is not";
        }
        boolean asWritten = use.written().connection() == null
                && use.written()
                        .table()
                        .toString()
                        .equalsIgnoreCase(use.dataset().table().toString());
        return asWritten
                ? null
                : use.written() + " is " + use.dataset() + " here, which run_on: target cannot say (not yet)";
    }

    private static @Nullable SqlText text(ReadPipeline read) {
        return read.sql().stream()
                .filter(each -> each.path().equals(KEY))
                .findFirst()
                .orElse(null);
    }

    private Map<String, String> values(SqlText text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher found = VARIABLE.matcher(text.sql());
        while (found.find()) {
            Variable variable = variables.get(found.group(2));
            if (variable != null && variable.value() != null) {
                values.put(found.group(1), variable.value());
            }
        }
        return values;
    }

    private void refuseSelf(PipelineSpec spec, SqlText text, Reach reach) {
        String own = spec.writes().toString();
        for (Input input : reach.inputs()) {
            ReadPipeline producer =
                    catalog.producer(DatasetName.parse(input.table()).in(spec.connection()));
            if (producer != null && spec.name().equals(producer.name())) {
                refuse(
                        text,
                        SqlReview.offset(text.sql(), input.table()),
                        "cycle",
                        spec.name() + " reads itself (" + own + ")",
                        "for the rows that are new since the last load, write WHERE {{ changed(input) }}");
            }
        }
    }

    private void refuseLoad(ReadPipeline read, Load load, boolean sliced, List<ModelSpec.Changed> changed) {
        Strategy strategy = load.strategy();
        boolean whole = strategy == Strategy.TRUNCATE_RELOAD
                || strategy == Strategy.PARTITION_SWAP
                || strategy == Strategy.VIEW;
        if (whole && !changed.isEmpty()) {
            refuseStrategy(
                    read,
                    "conflicting-keys",
                    strategy.key() + " needs all rows, and {{ changed(…) }} gives a part of them (allowed: append,"
                            + " upsert, merge)",
                    null);
        }
        boolean once = changed.size() == 1 && changed.get(0).column() == null;
        if (strategy == Strategy.APPEND && load.mergeKeys().isEmpty() && !once && !sliced) {
            refuseStrategy(
                    read,
                    "append-repeats",
                    "append would load rows again on the next run (allowed: with merge_keys, with {{ changed(x) }} of"
                            + " one input by its loads, or with a slice)",
                    "add merge_keys, or write truncate-reload or upsert");
        }
    }

    private void refuseStrategy(ReadPipeline read, String code, String reason, @Nullable String hint) {
        problems.error(
                read.at("load", "strategy").place(),
                code,
                "Cannot use load.strategy of " + read.name() + ": " + reason,
                hint);
    }

    private void refuse(SqlText text, int offset, String code, String reason, @Nullable String hint) {
        problems.error(text.place(offset), code, "Cannot use SQL of " + KEY + ": " + reason, hint);
    }
}
