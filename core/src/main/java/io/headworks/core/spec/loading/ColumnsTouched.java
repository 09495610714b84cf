package io.headworks.core.spec.loading;

import io.headworks.api.transform.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of some columns an operation changes or takes away. SQL of the user's is trusted to hand on columns under their
 * names: whether they reach the table is seen when it is loaded.
 */
record ColumnsTouched(Set<String> columns) implements Operation.Visitor<Set<String>> {

    private Set<String> among(Collection<String> changed) {
        Set<String> touched = new TreeSet<>(columns);
        touched.retainAll(changed);
        return touched;
    }

    private Set<String> allBut(Collection<String> kept) {
        Set<String> touched = new TreeSet<>(columns);
        touched.removeAll(kept);
        return touched;
    }

    @Override
    public Set<String> dedupe(Operation.Dedupe dedupe) {
        return Set.of();
    }

    @Override
    public Set<String> trim(Operation.Trim trim) {
        return among(trim.columns());
    }

    @Override
    public Set<String> fillNull(Operation.FillNull fillNull) {
        return among(fillNull.values().keySet());
    }

    @Override
    public Set<String> cast(Operation.Cast cast) {
        return among(cast.columns().stream().map(Operation.Cast.Column::name).toList());
    }

    @Override
    public Set<String> filter(Operation.Filter filter) {
        return Set.of();
    }

    @Override
    public Set<String> rename(Operation.Rename rename) {
        Set<String> touched = among(rename.names().keySet());
        touched.addAll(among(rename.names().values()));
        return touched;
    }

    @Override
    public Set<String> select(Operation.Select select) {
        return allBut(select.columns());
    }

    @Override
    public Set<String> drop(Operation.Drop drop) {
        return among(drop.columns());
    }

    @Override
    public Set<String> derive(Operation.Derive derive) {
        return among(derive.expressions().keySet());
    }

    @Override
    public Set<String> rollup(Operation.Rollup rollup) {
        return allBut(rollup.by());
    }

    @Override
    public Set<String> pivot(Operation.Pivot pivot) {
        return allBut(pivot.rows());
    }

    @Override
    public Set<String> window(Operation.Window window) {
        return among(window.take().keySet());
    }

    @Override
    public Set<String> unnest(Operation.Unnest unnest) {
        return among(List.of(unnest.column()));
    }

    @Override
    public Set<String> parseJson(Operation.ParseJson parseJson) {
        return among(parseJson.columns().keySet());
    }

    @Override
    public Set<String> hash(Operation.Hash hash) {
        return among(hash.algorithms().keySet());
    }

    @Override
    public Set<String> mask(Operation.Mask mask) {
        return among(mask.rules().keySet());
    }

    @Override
    public Set<String> mapCodes(Operation.MapCodes mapCodes) {
        return among(List.of(mapCodes.column()));
    }

    @Override
    public Set<String> toUtc(Operation.ToUtc toUtc) {
        return among(toUtc.zones().keySet());
    }

    @Override
    public Set<String> convertCurrency(Operation.ConvertCurrency convertCurrency) {
        return among(List.of(convertCurrency.into()));
    }

    @Override
    public Set<String> lookup(Operation.Lookup lookup) {
        return among(lookup.take().keySet());
    }

    @Override
    public Set<String> sql(Operation.Sql sql) {
        return Set.of();
    }

    @Override
    public Set<String> fitTable(Operation.FitTable fit) {
        return Set.of();
    }
}
