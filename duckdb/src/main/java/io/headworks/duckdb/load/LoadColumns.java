package io.headworks.duckdb.load;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.MatchedColumns;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Widening;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a load, as DuckDB's SQL names them. */
final class LoadColumns {
    private final TableShape table;
    private final MatchedColumns<TableColumn> matched;
    private final List<Pair> data;

    /** A column of the table and the batch's column that fills it. */
    record Pair(TableColumn column, Field delivered) {
        String name() {
            return DuckSql.name(column.name());
        }

        /** The batch's value in the column's own type; that cast loses nothing. */
        String value(String alias) {
            String value = alias + "." + DuckSql.name(delivered.name());
            return DuckTypes.spelling(delivered.type()).equals(column.spelling())
                    ? value
                    : "CAST(" + value + " AS " + column.spelling() + ")";
        }
    }

    private LoadColumns(MatchedColumns<TableColumn> matched, TableShape table) {
        this.table = table;
        this.matched = matched;
        this.data = matched.data().stream()
                .map(pair -> new Pair(pair.column(), pair.delivered()))
                .toList();
    }

    static LoadColumns of(LoadRequest request, TableShape table) {
        MatchedColumns<TableColumn> matched = new MatchedColumns<>(request, table.columns());
        for (MatchedColumns.Pair<TableColumn> pair : matched.data()) {
            DataType type = pair.delivered().type();
            DataType stored = DuckTypes.parse(DuckTypes.spelling(type));
            if (!Widening.holds(pair.column().type(), type)
                    && !Widening.holds(pair.column().type(), stored)) {
                throw matched.unfit(pair);
            }
        }
        return new LoadColumns(matched, table);
    }

    HeadworksException refused(String why) {
        return matched.refused(why);
    }

    List<Pair> data() {
        return data;
    }

    /** The column a strategy needs by name. */
    Pair named(String name, String role) {
        return data.get(matched.position(name, role));
    }

    List<Pair> keys() {
        return matched.keys().stream().map(data::get).toList();
    }

    List<Pair> orderBy() {
        return matched.orderBy().stream().map(data::get).toList();
    }

    /** The quoted name of the column that marks deleted rows, or null when deletes are not marked. */
    @Nullable
    String markName() {
        TableColumn mark = matched.mark();
        return mark == null ? null : DuckSql.name(mark.name());
    }

    /** All columns that an INSERT fills, quoted. */
    String written() {
        return matched.written().stream()
                .map(column -> DuckSql.name(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** Values for {@link #written}: the data columns given, then the mark and the audit columns. */
    String values(List<String> dataValues, boolean marked) {
        List<String> values = new ArrayList<>(dataValues);
        values.addAll(matched.others(
                marked, DuckSql.literal(matched.request().loadedAt().toString(), DataType.TIMESTAMPTZ)));
        return String.join(", ", values);
    }

    /** The columns of a row that the content hash covers, quoted: all but generated and audit columns. */
    String hashed() {
        return table.columns().stream()
                .filter(column -> !column.generated() && !matched.isAudit(column))
                .map(column -> DuckSql.name(column.name()))
                .collect(Collectors.joining(", "));
    }
}
