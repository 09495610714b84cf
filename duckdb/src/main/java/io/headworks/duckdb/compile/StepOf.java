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
        return CastStep.of(cast, input, name);
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
        return ReshapeSteps.rollup(rollup, input, context);
    }

    @Override
    public Step pivot(Operation.Pivot pivot) {
        return ReshapeSteps.pivot(pivot, input, context);
    }

    @Override
    public Step window(Operation.Window window) {
        return WindowStep.of(window, input, context);
    }

    @Override
    public Step unnest(Operation.Unnest unnest) {
        return ReshapeSteps.unnest(unnest, input);
    }

    @Override
    public Step parseJson(Operation.ParseJson parseJson) {
        return ParseJsonStep.of(parseJson, input, name);
    }

    @Override
    public Step hash(Operation.Hash hash) {
        return PrivacySteps.hash(hash, input, context);
    }

    @Override
    public Step mask(Operation.Mask mask) {
        return PrivacySteps.mask(mask, input);
    }

    @Override
    public Step mapCodes(Operation.MapCodes mapCodes) {
        return MapCodesStep.of(mapCodes, input, name);
    }

    @Override
    public Step toUtc(Operation.ToUtc toUtc) {
        return ToUtcStep.of(toUtc, input, name);
    }

    @Override
    public Step convertCurrency(Operation.ConvertCurrency convertCurrency) {
        return ConvertCurrencyStep.of(convertCurrency, input, name, context);
    }

    @Override
    public Step lookup(Operation.Lookup lookup) {
        return LookupStep.of(lookup, input, name, context);
    }

    @Override
    public Step sql(Operation.Sql sql) {
        return SqlStep.of(sql, input, context);
    }

    @Override
    public Step fitTable(Operation.FitTable fit) {
        return FitTableStep.of(fit, input, name);
    }
}
