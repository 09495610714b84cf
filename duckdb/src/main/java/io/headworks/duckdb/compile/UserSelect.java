package io.headworks.duckdb.compile;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.duckdb.inspect.DatasetSql;
import io.headworks.duckdb.inspect.SqlFindings;
import io.headworks.duckdb.sql.Datasets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's SELECT over datasets and over rows that the run gives it under a name of {@code {{ … }}}: values are filled
 * in as typed literals, and functions that reach past datasets are refused.
 */
public final class UserSelect {
    private final String what;
    private final String rowsName;
    private final String filled;
    private final CompileContext context;

    private UserSelect(String what, String rowsName, String filled, CompileContext context) {
        this.what = what;
        this.rowsName = rowsName;
        this.filled = filled;
        this.context = context;
    }

    /**
     * @param what for messages: {@code use sql/orders.sql}
     * @param rowsName {@code input} for {@code {{ input }}}
     * @param rowsLost what is lost when the rows are never read, for the message; null when that is allowed
     */
    public static UserSelect of(
            String what, String sql, String rowsName, @Nullable String rowsLost, CompileContext context) {
        String filled = Placeholders.fill(what, sql, rowsName, rowsLost, context.values());
        UserSelect select = new UserSelect(what, rowsName, filled, context);
        select.refuseForbidden();
        return select;
    }

    /** The SELECT with the rows and all datasets in their place. */
    public String over(Relation rows) {
        return resolved(new WithRows(rows));
    }

    /** The SELECT with all datasets in their place, where the run gives it no rows. */
    public String overDatasets() {
        return resolved(context.datasets());
    }

    private String resolved(Datasets datasets) {
        try {
            return DatasetSql.resolve(context.sql(), filled, datasets);
        } catch (HeadworksException cause) {
            throw Refusal.of("Cannot " + what, cause);
        }
    }

    private void refuseForbidden() {
        Finding finding = SqlFindings.of(context.sql(), List.of(new Text(filled, Text.Kind.SELECT)))
                .get(0);
        if (finding.error() != null) {
            throw Refusal.of("Cannot " + what + ": " + finding.error());
        }
        finding.reach().beyond().stream().findFirst().ifPresent(function -> {
            throw Refusal.of(
                    "Cannot " + what + ": " + function + "() reads what is no dataset",
                    "name datasets after FROM and JOIN; files are read by a pipeline's extract");
        });
    }

    /** The run's datasets, and the rows under the name that their placeholder became. */
    private final class WithRows implements Datasets {
        private final Relation rows;

        WithRows(Relation rows) {
            this.rows = rows;
        }

        @Override
        public Optional<Relation> find(DatasetName name) {
            return context.datasets().find(name);
        }

        @Override
        public Optional<Load> load(DatasetName name) {
            return context.datasets().load(name);
        }

        @Override
        public Optional<Relation> findWritten(String nameAsWritten) {
            return nameAsWritten.equals(Placeholders.written(rowsName))
                    ? Optional.of(rows)
                    : context.datasets().findWritten(nameAsWritten);
        }
    }
}
