package io.headworks.duckdb.compile;

import io.headworks.api.engine.Relation;
import io.headworks.api.transform.Operation;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compiles operations into one SELECT with a CTE for each, in order, named after it. DuckDB fuses the CTEs into one pass;
 * nothing is run here.
 */
public final class OperationCompiler {
    private static final String INPUT = "_hw_input";

    /**
     * The operations over an input.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind PROJECT when an operation does not fit its input
     */
    public Relation compile(Relation input, List<Operation> operations, CompileContext context) {
        if (operations.isEmpty()) {
            return input;
        }
        List<String> ctes = new ArrayList<>();
        ctes.add(cte(INPUT, input.sql()));
        Shape shape = new Shape(INPUT, input.schema(), input.hidden());
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            String name = "_hw_" + (i + 1) + "_" + operation.key().toLowerCase(Locale.ROOT);
            Step step = operation.accept(new StepOf(shape, name, context));
            ctes.addAll(step.before());
            ctes.add(cte(name, step.select()));
            shape = new Shape(name, step.schema(), step.hidden());
        }
        String sql = "WITH " + String.join(",\n", ctes) + "\nSELECT * FROM " + DuckSql.name(shape.from());
        return new Relation(sql, shape.schema(), shape.hidden());
    }

    /** Rows without a reason; the input itself where nothing could be rejected. */
    public Relation accepted(Relation marked) {
        return RejectSplit.accepted(marked);
    }

    /**
     * Rows with a reason, with the columns of {@link io.headworks.api.engine.RejectColumns}.
     *
     * @param origin the staged extract, whose row of the same {@code _hw_seq} becomes the payload; where either side has
     *     none the payload is the marked row itself
     */
    public Relation rejected(Relation marked, String stage, Relation origin) {
        return RejectSplit.rejected(marked, stage, origin);
    }

    static String cte(String name, String sql) {
        return DuckSql.name(name) + " AS (\n" + sql.strip() + "\n)";
    }
}
