package io.headworks.core.spec;

import io.headworks.api.dataset.TableName;
import io.headworks.api.source.SourceTable;
import java.util.Locale;

/**
 * A pattern over the names of tables: {@code *} stands for any characters, and the case of letters does not count. One without
 * a dot is for tables that need no schema.
 */
public record TablePattern(String text) {

    /** True when it names one table. */
    public boolean isExact() {
        return !text.contains("*");
    }

    /** A view is taken by its whole name only: what it shows mostly comes from tables that are taken too. */
    public boolean takes(SourceTable table) {
        return isFor(table) && (isExact() || !table.view());
    }

    /** True for a table or view that goes by this name. */
    public boolean isFor(SourceTable table) {
        TableName pattern = TableName.parse(text);
        String schema = table.name().schema();
        boolean there = pattern.schema() == null ? table.home() : schema != null && fits(pattern.schema(), schema);
        return there && fits(pattern.table(), table.name().table());
    }

    /** True when a table of that name could be meant, in whatever schema. */
    boolean mayMean(String table) {
        return fits(TableName.parse(text).table(), table);
    }

    /** How a table that it takes is spelt like it: with a schema when it has one. */
    public TableName spelt(SourceTable table) {
        return TableName.parse(text).schema() == null
                ? new TableName(null, table.name().table())
                : table.name();
    }

    /** True for a name that the pattern as a whole fits, schema and all. */
    public boolean fits(String name) {
        return fits(text, name);
    }

    private static boolean fits(String pattern, String name) {
        return fits(pattern.toLowerCase(Locale.ROOT), 0, name.toLowerCase(Locale.ROOT), 0);
    }

    private static boolean fits(String pattern, int at, String name, int from) {
        int star = pattern.indexOf('*', at);
        if (star < 0) {
            return pattern.substring(at).equals(name.substring(from));
        }
        if (!name.startsWith(pattern.substring(at, star), from)) {
            return false;
        }
        for (int next = from + star - at; next <= name.length(); next++) {
            if (fits(pattern, star + 1, name, next)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
