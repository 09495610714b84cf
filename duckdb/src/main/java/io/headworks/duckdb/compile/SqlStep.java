package io.headworks.duckdb.compile;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.transform.Operation.Sql;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.inspect.DatasetSql;
import io.headworks.duckdb.inspect.SqlFindings;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code sql}: a SELECT of the user's, with {@code {{ … }}} filled in and the names after FROM and JOIN resolved. */
final class SqlStep {
    /** Functions that reach past datasets: into files, the catalogue, or values that are kept from statements. */
    private static final Pattern FORBIDDEN = Pattern.compile("read_.*|parquet_.*|.*_scan|scan_.*|glob|sniff_csv|query"
            + "|query_table|getvariable|getenv|duckdb_.*|pragma_.*|which_secret|current_setting|nextval|currval");

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
        String filled = Placeholders.fill(what, sql.text(), context.values());
        refuseForbidden(filled);
        Schema schema = describe(resolve(filled, Expressions.emptyTable(input.schema())));
        String rows = "SELECT " + DuckSql.names(input.schema().names()) + " FROM " + DuckSql.name(input.from())
                + (input.carriesReason() ? " WHERE " + DuckSql.name(HiddenColumns.REASON) + " IS NULL" : "");
        return new Step(resolve(filled, rows), schema, List.of());
    }

    private void refuseForbidden(String filled) {
        Finding finding = SqlFindings.of(context.sql(), List.of(new Text(filled, Text.Kind.SELECT)))
                .get(0);
        if (finding.error() != null) {
            throw Refusal.of("Cannot " + what + ": " + finding.error());
        }
        finding.functions().stream()
                .filter(function -> FORBIDDEN.matcher(function).matches())
                .findFirst()
                .ifPresent(function -> {
                    throw Refusal.of(
                            "Cannot " + what + ": " + function + "() reads what is no dataset",
                            "name datasets after FROM and JOIN; files are read by a pipeline's extract");
                });
    }

    private String resolve(String filled, String inputRows) {
        try {
            return DatasetSql.resolve(context.sql(), filled, new WithInput(inputRows));
        } catch (HeadworksException cause) {
            throw Refusal.of("Cannot " + what, cause);
        }
    }

    private Schema describe(String resolved) {
        try {
            return context.describe(resolved);
        } catch (HeadworksException cause) {
            String message = cause.getMessage().lines().findFirst().orElse("");
            throw Refusal.of("Cannot " + what + ": " + message, "columns of {{ input }}: " + input.schema());
        }
    }

    /** The run's datasets, and the previous stage under the name that {{ input }} became. */
    private final class WithInput implements Datasets {
        private final Relation rows;

        WithInput(String rows) {
            this.rows = new Relation(rows, input.schema(), List.of());
        }

        @Override
        public Optional<Relation> find(DatasetName name) {
            return context.datasets().find(name);
        }

        @Override
        public Optional<Relation> findWritten(String nameAsWritten) {
            return nameAsWritten.equals(Placeholders.INPUT_WRITTEN)
                    ? Optional.of(rows)
                    : context.datasets().findWritten(nameAsWritten);
        }
    }
}
