package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.transform.Operation.Sql;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;

/** {@code sql}: a SELECT of the user's over the rows of the previous stage. */
final class SqlStep {
    private final Sql sql;
    private final Shape input;
    private final CompileContext context;
    private final String what;

    private SqlStep(Sql sql, Shape input, CompileContext context) {
        this.sql = sql;
        this.input = input;
        this.context = context;
        this.what = "use " + sql.file();
    }

    static Step of(Sql sql, Shape input, CompileContext context) {
        return new SqlStep(sql, input, context).step();
    }

    private Step step() {
        ReshapeSteps.refuseDeletes("use " + sql.file() + " on", input);
        if (!sql.dialect().equals("duckdb")) {
            throw Refusal.of("Cannot " + what + ": this engine reads dialect duckdb, the file says " + sql.dialect());
        }
        UserSelect select = UserSelect.of(what, sql.text(), "input", "the rows of the previous stage", context);
        Schema schema = describe(select.over(rows(Expressions.emptyTable(input.schema()))));
        String rows = "SELECT " + DuckSql.names(input.schema().names()) + " FROM " + DuckSql.name(input.from())
                + (input.carriesReason() ? " WHERE " + DuckSql.name(HiddenColumns.REASON) + " IS NULL" : "");
        return new Step(select.over(rows(rows)), schema, List.of());
    }

    private Relation rows(String select) {
        return new Relation(select, input.schema(), List.of());
    }

    private Schema describe(String resolved) {
        try {
            return context.describe(resolved);
        } catch (HeadworksException cause) {
            throw Refusal.of(
                    "Cannot " + what + ": " + Expressions.firstLine(cause),
                    "columns of {{ input }}: " + input.schema());
        }
    }
}
