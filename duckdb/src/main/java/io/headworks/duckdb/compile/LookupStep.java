package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.Field;
import io.headworks.duckdb.history.MemberInference;
import java.util.List;
import java.util.Map;

/**
 * {@code lookup}: a left join with the other dataset's rows gathered by key, so that it can never multiply rows; two rows
 * that fit one of the input stop the run.
 */
final class LookupStep {
    private final Lookup lookup;
    private final Shape input;
    private final Sought sought;
    private final LookupMatch match;

    private LookupStep(Lookup lookup, Shape input, CompileContext context) {
        this.lookup = lookup;
        this.input = input;
        this.sought = Sought.of(lookup, input, context);
        this.match = new LookupMatch(sought, context.values().get("now"));
    }

    static Step of(Lookup lookup, Shape input, String name, CompileContext context) {
        LookupStep step = new LookupStep(lookup, input, context);
        if (lookup.missing() == Lookup.Missing.INFER) {
            Reference other = step.sought.other();
            MemberInference.of(lookup, input.schema(), other.rows(), other.load());
        }
        String gathered = name + "_" + lookup.table().table().table();
        return step.joined(gathered)
                .after(List.of(
                        OperationCompiler.cte(gathered, step.match.match().gathered())));
    }

    private Step joined(String gathered) {
        Match found = match.match();
        Projection projection = new Projection(input)
                .join(match.join(gathered))
                .require(Assertion.unless(found.many(), found.complaint(), input));
        boolean someInteger = false;
        for (Map.Entry<String, String> taken : lookup.take().entrySet()) {
            Field column = sought.other().column(taken.getValue());
            if (input.schema().has(taken.getKey())) {
                throw Refusal.of(
                        "Cannot " + sought.what() + ": the input has a column " + taken.getKey() + " already",
                        "take it under another name: take: {NEW_NAME: " + taken.getValue() + "}");
            }
            boolean unknown = match.givesUnknown(column);
            someInteger |= unknown;
            projection.set(taken.getKey(), match.value(column), column.type(), column.nullable() || !unknown);
        }
        if (lookup.missing() == Lookup.Missing.UNKNOWN && !someInteger) {
            throw Refusal.of(
                    "Cannot " + sought.what() + ": missing: unknown gives -1, and no column taken is a signed integer");
        } else if (lookup.mayReject()) {
            projection.reject(rejection());
        }
        return projection.step();
    }

    private Projection.Rejection rejection() {
        String rule = Reason.rule("lookup", lookup.match().keySet().iterator().next());
        Match found = match.match();
        return new Projection.Rejection("NOT (" + found.found() + ")", Reason.of("no-match", rule, found.nothing()));
    }
}
