package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation;

/** Which class compiles which operation. */
record StepOf(Shape input, String name, CompileContext context) implements Operation.Visitor<Step> {

    @Override
    public Step dedupe(Operation.Dedupe dedupe) {
        return DedupeStep.of(dedupe, input);
    }

    @Override
    public Step trim(Operation.Trim trim) {
        return ColumnSteps.trim(trim, input);
    }

    @Override
    public Step fillNull(Operation.FillNull fillNull) {
        return ColumnSteps.fillNull(fillNull, input);
    }

    @Override
    public Step cast(Operation.Cast cast) {
        return CastStep.of(cast, input);
    }

    @Override
    public Step filter(Operation.Filter filter) {
        return ExpressionSteps.filter(filter, input, context);
    }

    @Override
    public Step rename(Operation.Rename rename) {
        return ColumnSteps.rename(rename, input);
    }

    @Override
    public Step select(Operation.Select select) {
        return ColumnSteps.select(select, input);
    }

    @Override
    public Step drop(Operation.Drop drop) {
        return ColumnSteps.drop(drop, input);
    }

    @Override
    public Step derive(Operation.Derive derive) {
        return ExpressionSteps.derive(derive, input, context);
    }

    @Override
    public Step rollup(Operation.Rollup rollup) {
        throw notYet(rollup);
    }

    @Override
    public Step pivot(Operation.Pivot pivot) {
        throw notYet(pivot);
    }

    @Override
    public Step window(Operation.Window window) {
        throw notYet(window);
    }

    @Override
    public Step unnest(Operation.Unnest unnest) {
        throw notYet(unnest);
    }

    @Override
    public Step parseJson(Operation.ParseJson parseJson) {
        throw notYet(parseJson);
    }

    @Override
    public Step hash(Operation.Hash hash) {
        throw notYet(hash);
    }

    @Override
    public Step mask(Operation.Mask mask) {
        throw notYet(mask);
    }

    @Override
    public Step mapCodes(Operation.MapCodes mapCodes) {
        throw notYet(mapCodes);
    }

    @Override
    public Step toUtc(Operation.ToUtc toUtc) {
        throw notYet(toUtc);
    }

    @Override
    public Step convertCurrency(Operation.ConvertCurrency convertCurrency) {
        throw notYet(convertCurrency);
    }

    @Override
    public Step lookup(Operation.Lookup lookup) {
        throw notYet(lookup);
    }

    @Override
    public Step sql(Operation.Sql sql) {
        throw notYet(sql);
    }

    private static RuntimeException notYet(Operation operation) {
        return Refusal.of("Cannot compile " + operation.key() + ": not yet");
    }
}
