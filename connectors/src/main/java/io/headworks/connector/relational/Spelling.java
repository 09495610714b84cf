package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.type.DataType;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a database writes what the loads of this package say. Pure: text in, SQL out. */
public interface Spelling {
    /** What the database is called in messages. */
    String database();

    /** An identifier, quoted. The one place where names become SQL. */
    String name(String identifier);

    /** A table of the user's, qualified. */
    String table(TableName table);

    /** A table of ours, named in {@link io.headworks.api.ledger.LedgerTables}, qualified. */
    String own(String table);

    /** What creates the place of our tables where it is missing; null where there is none to create. */
    default @Nullable String createOwnSchema() {
        return null;
    }

    /** A temporary table by its plain name, so that no table of the user's is ever meant. */
    String temporary(String table);

    /** An index on a temporary table; null where such a table has them from the beginning or not at all. */
    @Nullable
    String index(String temporaryTable, String columns);

    /** What makes a temporary table of a query's rows, found by each of some columns. */
    default List<String> createTemporary(String table, List<String> indexed, String select) {
        List<String> statements = new ArrayList<>(List.of("CREATE TEMPORARY TABLE " + table + " AS " + select));
        indexed.forEach(column -> {
            String index = index(table, column);
            if (index != null) {
                statements.add(index);
            }
        });
        return statements;
    }

    default String dropTemporary(String table) {
        return "DROP TABLE IF EXISTS " + temporary(table);
    }

    /** What lets the planner know a temporary table's size; null where nothing does. */
    default @Nullable String measure(String temporaryTable) {
        return null;
    }

    /** True when the values are equal or both NULL. */
    String same(String left, String right);

    String asText(String value);

    /** Texts one behind the other. */
    default String joined(List<String> texts) {
        return String.join(" || ", texts);
    }

    /** A value to order by, the greatest first and NULL last. */
    default String greatestFirst(String value) {
        return value + " DESC NULLS LAST";
    }

    /** A column of the table {@code t} on the left of an assignment; the name is quoted. */
    default String assigned(String column) {
        return column;
    }

    /** A text literal. */
    default String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    String instant(Instant instant);

    /** A value of a column whose equality is that of its content, whatever the collation. */
    String exact(TargetColumn column, String value);

    /** A value by which the database orders as the column's type does. */
    String sortable(TargetColumn column, String value);

    /**
     * A text of a column's type as a literal: a bound of a slice, or a value whose rows are deleted.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind PROJECT when there is no literal of the column's type
     */
    String bound(String text, TargetColumn column);

    /** The calendar unit in which a value lies, in UTC; the same for all values of the unit. */
    String unit(By by, TargetColumn column, String value);

    /** True when a literal of {@link #bound} is where a unit begins. */
    boolean isUnitBound(By by, TargetColumn column, String literal);

    /**
     * The declared type of a column that holds every value of a type.
     *
     * @throws io.headworks.api.failure.HeadworksException when there is none
     */
    String declared(DataType type, String column);

    /** The type as which a column that we create for it is read back. */
    default DataType storedAs(DataType type) {
        return type;
    }

    /** As {@link #declared}, for a column of a key. */
    default String declaredInKey(DataType type, String column) {
        return declared(type, column);
    }

    /** Deletes rows of the table {@code t}. */
    default String delete(String table, String condition) {
        return "DELETE FROM " + table + " AS t WHERE " + condition;
    }

    /** Updates rows of the table {@code t} from others joined to it. */
    default String update(String table, String sets, @Nullable String joined, String condition) {
        return "UPDATE " + table + " AS t SET " + sets + (joined == null ? "" : " FROM " + joined) + " WHERE "
                + condition;
    }

    default String names(Collection<String> identifiers) {
        return identifiers.stream().map(this::name).collect(Collectors.joining(", "));
    }
}
