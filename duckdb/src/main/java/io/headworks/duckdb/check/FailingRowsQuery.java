package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.compile.CompileContext;
import io.headworks.duckdb.compile.UserSelect;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The SELECT of failing rows that a user wrote, over the rows checked. */
interface FailingRowsQuery {

    /**
     * The SELECT with everything it names in its place.
     *
     * @param rows what {@code {{ table }}} stands for
     * @throws HeadworksException of kind PROJECT when it cannot be read or names what this run does not know
     */
    String select(Check check, Rule.RowSql rule, Relation rows);

    /** Reads SQL by the engine's own parser. */
    static FailingRowsQuery over(SqlRunner sql, Datasets datasets, Map<String, Object> values) {
        CompileContext context = new CompileContext(sql, datasets, values);
        return (check, rule, rows) -> {
            String what = "run check " + check.name();
            try {
                return UserSelect.of(what, rule.rows(), "table", null, context).over(rows);
            } catch (HeadworksException refused) {
                String message = String.valueOf(refused.getMessage());
                String prefix = "Cannot " + what + ": ";
                throw Unfit.because(message.startsWith(prefix) ? message.substring(prefix.length()) : message);
            }
        };
    }

    /** The rows that a check's filter leaves, without hidden columns. */
    static Relation rows(Rows rows) {
        Schema schema = rows.relation().schema();
        return new Relation("SELECT " + DuckSql.names(schema.names()) + " FROM " + rows.and(), schema, List.of());
    }

    /** The same with each row's number in the batch as a column. */
    static Relation numbered(Rows rows) {
        List<Field> fields = new ArrayList<>(rows.relation().schema().fields());
        fields.add(new Field(HiddenColumns.SEQ, DataType.BIGINT, false));
        Schema schema = new Schema(fields);
        return new Relation("SELECT " + DuckSql.names(schema.names()) + " FROM " + rows.and(), schema, List.of());
    }
}
