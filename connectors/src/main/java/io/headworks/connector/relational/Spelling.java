package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.name.NameRule;
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

    /** Which names it can have. */
    default NameRule names() {
        return NameRule.ANY;
    }

    /** A table of the user's, qualified; by the name that stands for its own where that cannot be. */
    String table(TableName table);

    /** A table of ours, named in {@link io.headworks.api.ledger.LedgerTables}, qualified. */
    String own(String table);

    /** A column of a table of ours, so that it is found by its name without quotes too. */
    default String ownColumn(String column) {
        return name(column);
    }

    /** Creates a table of ours where it is missing. */
    default String createOwn(String table, String columns) {
        return "CREATE TABLE IF NOT EXISTS " + own(table) + " (" + columns + ")";
    }

    /** What creates the place of our tables where it is missing; null where there is none to create. */
    default @Nullable String createOwnSchema() {
        return null;
    }

    /**
     * What lets only one transaction at a time create the place of our tables, until it ends; null where creating what is
     * missing waits by itself for others who do.
     */
    default @Nullable String lockOwnSchema() {
        return null;
    }

    /** A temporary table by its plain name, so that no table of the user's is ever meant. */
    String temporary(String table);

    /** An index on a temporary table; null where such a table has them from the beginning or not at all. */
    @Nullable
    String index(String temporaryTable, String columns);

    /** What makes a temporary table of a query's rows, found by each of its indexed columns. */
    default List<String> createTemporary(String table, List<WorkColumn> columns, String select) {
        List<String> statements = new ArrayList<>(List.of("CREATE TEMPORARY TABLE " + table + " AS " + select));
        columns.stream().filter(WorkColumn::indexed).forEach(column -> {
            String index = index(table, column.name());
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

    /** True when two values of a column have the same content, whatever the collation, or are both NULL. */
    default String sameContent(TargetColumn column, String left, String right) {
        return same(exact(column, left), exact(column, right));
    }

    /** True when windows may be partitioned and ranked. */
    default boolean ranks() {
        return true;
    }

    /** What ends a query that needs no more than so many rows. */
    default String first(long rows) {
        return "LIMIT " + rows;
    }

    /** A value to order by, the greatest first and NULL last. */
    default String greatestFirst(String value) {
        return value + " DESC NULLS LAST";
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

    /** Deletes rows of a table. */
    default String delete(String table, String alias, String condition) {
        return "DELETE FROM " + table + " AS " + alias + " WHERE " + condition;
    }

    /** Updates rows of the table {@code t} from others joined to it. */
    default String update(String table, List<Assignment> sets, @Nullable String joined, String condition) {
        return "UPDATE " + table + " AS t SET " + Assignment.list(sets) + (joined == null ? "" : " FROM " + joined)
                + " WHERE " + condition;
    }

    default String ownColumns(Collection<String> columns) {
        return columns.stream().map(this::ownColumn).collect(Collectors.joining(", "));
    }

    /**
     * A column of the table {@code t} and what it gets.
     *
     * @param column quoted
     */
    record Assignment(String column, String value) {
        static String list(List<Assignment> sets) {
            return sets.stream().map(set -> set.column() + " = " + set.value()).collect(Collectors.joining(", "));
        }
    }
}
