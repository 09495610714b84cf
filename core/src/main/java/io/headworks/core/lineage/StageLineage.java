package io.headworks.core.lineage;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.transform.Operation.ConvertCurrency;
import io.headworks.api.transform.Operation.Dedupe;
import io.headworks.api.transform.Operation.Derive;
import io.headworks.api.transform.Operation.Drop;
import io.headworks.api.transform.Operation.FillNull;
import io.headworks.api.transform.Operation.Filter;
import io.headworks.api.transform.Operation.FitTable;
import io.headworks.api.transform.Operation.Hash;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.transform.Operation.MapCodes;
import io.headworks.api.transform.Operation.Mask;
import io.headworks.api.transform.Operation.ParseJson;
import io.headworks.api.transform.Operation.Pivot;
import io.headworks.api.transform.Operation.Rename;
import io.headworks.api.transform.Operation.Rollup;
import io.headworks.api.transform.Operation.Select;
import io.headworks.api.transform.Operation.Sql;
import io.headworks.api.transform.Operation.ToUtc;
import io.headworks.api.transform.Operation.Trim;
import io.headworks.api.transform.Operation.Unnest;
import io.headworks.api.transform.Operation.Window;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each operation does to the columns of a flow. */
final class StageLineage implements Operation.Visitor<Flow> {
    private final PipelineSpec pipeline;
    private final Texts texts;
    private final ModelLineage selects;
    private Flow flow;

    StageLineage(PipelineSpec pipeline, Texts texts, ModelLineage selects, Flow flow) {
        this.pipeline = pipeline;
        this.texts = texts;
        this.selects = selects;
        this.flow = flow;
    }

    Flow now() {
        return flow;
    }

    Flow after(Operation operation) {
        flow = operation.accept(this);
        return flow;
    }

    @Override
    public Flow dedupe(Dedupe dedupe) {
        flow.dependsOn(columns(dedupe.keys()).as(Use.GROUP));
        flow.dependsOn(columns(dedupe.by()).as(Use.ORDER));
        return flow;
    }

    @Override
    public Flow trim(Trim trim) {
        return computed(trim.columns());
    }

    @Override
    public Flow fillNull(FillNull fillNull) {
        return computed(fillNull.values().keySet());
    }

    @Override
    public Flow cast(Cast cast) {
        return rejecting(
                cast,
                computed(cast.columns().stream().map(Cast.Column::name).toList()),
                cast.columns().stream().map(Cast.Column::name).toList());
    }

    @Override
    public Flow filter(Filter filter) {
        flow.dependsOn(value(filter.condition(), "filter").as(Use.FILTER));
        return flow;
    }

    @Override
    public Flow rename(Rename rename) {
        Map<String, String> names = new LinkedHashMap<>();
        rename.names().forEach((from, to) -> names.put(from.toLowerCase(Locale.ROOT), to));
        if (!flow.isComplete()) {
            Map<String, Dependence> moved = new LinkedHashMap<>();
            rename.names().forEach((from, to) -> moved.put(to, flow.column(from)));
            rename.names().keySet().forEach(flow::remove);
            moved.forEach((to, from) -> flow.put(new Column(to, from)));
            return flow;
        }
        return flow.only(flow.columns().stream()
                .map(column -> new Column(
                        names.getOrDefault(column.name().toLowerCase(Locale.ROOT), column.name()), column.from()))
                .toList());
    }

    @Override
    public Flow select(Select select) {
        return flow.only(select.columns().stream()
                .map(name -> new Column(name, flow.column(name)))
                .toList());
    }

    @Override
    public Flow drop(Drop drop) {
        drop.columns().forEach(flow::remove);
        return flow;
    }

    @Override
    public Flow derive(Derive derive) {
        List<Column> made = new ArrayList<>();
        derive.expressions().forEach((name, sql) -> made.add(new Column(name, value(sql, "derive " + name))));
        made.forEach(flow::put);
        return flow;
    }

    @Override
    public Flow rollup(Rollup rollup) {
        List<Column> made = named(rollup.by());
        rollup.take()
                .forEach((name, sql) ->
                        made.add(new Column(name, value(sql, "rollup " + name).as(Use.COMPUTED))));
        flow.dependsOn(columns(rollup.by()).as(Use.GROUP));
        return flow.only(made);
    }

    @Override
    public Flow pivot(Pivot pivot) {
        List<Column> made = named(pivot.rows());
        Dependence among = flow.column(pivot.column()).as(Use.GROUP);
        for (String value : pivot.among()) {
            pivot.values()
                    .forEach((name, sql) -> made.add(new Column(
                            name + "_" + value,
                            value(sql, "pivot " + name).as(Use.COMPUTED).and(among))));
        }
        flow.dependsOn(columns(pivot.rows()).as(Use.GROUP));
        return flow.only(made);
    }

    @Override
    public Flow window(Window window) {
        List<String> order = window.order().stream()
                .map(term -> term.replaceAll("(?i)\\s+(asc|desc)$", "").strip())
                .toList();
        Dependence frame = columns(window.partition()).and(columns(order)).as(Use.WINDOW);
        List<Column> made = new ArrayList<>();
        window.take()
                .forEach((name, sql) -> made.add(new Column(
                        name, value(sql, "window " + name).as(Use.COMPUTED).and(frame))));
        made.forEach(flow::put);
        return flow;
    }

    @Override
    public Flow unnest(Unnest unnest) {
        flow.dependsOn(flow.column(unnest.column()).as(Use.JOIN));
        return computed(List.of(unnest.column()));
    }

    @Override
    public Flow parseJson(ParseJson parseJson) {
        return rejecting(
                parseJson,
                computed(parseJson.columns().keySet()),
                parseJson.columns().keySet());
    }

    @Override
    public Flow hash(Hash hash) {
        return computed(hash.algorithms().keySet());
    }

    @Override
    public Flow mask(Mask mask) {
        return computed(mask.rules().keySet());
    }

    @Override
    public Flow mapCodes(MapCodes mapCodes) {
        return rejecting(mapCodes, computed(List.of(mapCodes.column())), List.of(mapCodes.column()));
    }

    @Override
    public Flow toUtc(ToUtc toUtc) {
        return rejecting(toUtc, computed(toUtc.zones().keySet()), toUtc.zones().keySet());
    }

    @Override
    public Flow convertCurrency(ConvertCurrency convert) {
        Dependence row = columns(List.of(convert.from(), convert.at()));
        Dependence rates = other(convert.rates(), List.of("from_currency", "to_currency", "valid_from"));
        Dependence met = row.and(rates).as(Use.JOIN);
        Dependence made = columns(List.of(convert.column()))
                .and(other(convert.rates(), List.of("rate")))
                .as(Use.COMPUTED);
        flow.put(new Column(convert.into(), made.and(met)));
        flow.dependsOn(row.and(rates).as(Use.FILTER));
        return flow;
    }

    @Override
    public Flow lookup(Lookup lookup) {
        String asOf = lookup.asOf();
        List<String> own = new ArrayList<>(lookup.match().keySet());
        if (asOf != null && !asOf.equals("now")) {
            own.add(asOf);
        }
        Dependence met = columns(own).and(other(lookup.table(), lookup.match().values()));
        List<Column> made = new ArrayList<>();
        lookup.take()
                .forEach((name, column) -> made.add(
                        new Column(name, other(lookup.table(), List.of(column)).and(met.as(Use.JOIN)))));
        made.forEach(flow::put);
        if (lookup.mayReject()) {
            flow.dependsOn(met.as(Use.FILTER));
        }
        return flow;
    }

    @Override
    public Flow sql(Sql sql) {
        return selects.of(texts.ofSelect(sql.text()), sql.file(), flow);
    }

    @Override
    public Flow fitTable(FitTable fit) {
        throw new IllegalStateException("no stage names what the planner adds");
    }

    private Dependence value(String sql, String what) {
        return flow.value(texts.ofExpression(sql), what);
    }

    private Dependence columns(Collection<String> names) {
        return Dependence.all(names.stream().map(flow::column).toList());
    }

    private List<Column> named(List<String> names) {
        List<Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(new Column(name, flow.column(name))));
        return columns;
    }

    private Dependence other(DatasetName written, Collection<String> columns) {
        String dataset = pipeline.dataset(written).toString();
        return Dependence.all(columns.stream()
                .map(column -> Dependence.on(selects.spelt(dataset, column), Use.COPIED))
                .toList());
    }

    private Flow computed(Collection<String> names) {
        List<Column> made = names.stream()
                .map(name -> new Column(name, flow.column(name).as(Use.COMPUTED)))
                .toList();
        made.forEach(flow::put);
        return flow;
    }

    private Flow rejecting(Operation operation, Flow after, Collection<String> columns) {
        if (operation.mayReject()) {
            after.dependsOn(columns(columns).as(Use.FILTER));
        }
        return after;
    }
}
