package io.headworks.duckdb.history;

import io.headworks.api.load.History;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a history as SQL. Keys are never NULL; all other comparisons take NULL for equal to NULL. */
record Layout(HistoryTable table) {
    /** Columns of our own in the tables between: quoted, and no column of a user's. */
    static final String TIME = DuckSql.name("_hw_t");

    static final String KIND = DuckSql.name("_hw_kind");
    static final String SOURCE = DuckSql.name("_hw_src");
    static final String VALUES = DuckSql.name("_hw_s");
    static final String ORDER = DuckSql.name("_hw_o");

    /** What an observation says: the key has values, was deleted, or was missing in a snapshot. */
    static final int VALUE = 0;

    static final int DELETION = 1;
    static final int ABSENCE = 2;

    History history() {
        return table.history();
    }

    static String name(Field field) {
        return DuckSql.name(field.name());
    }

    /** {@code b."id", b."region"}. */
    String keys(String alias) {
        return list(alias, table.keys());
    }

    static String list(String alias, List<Field> fields) {
        return fields.stream().map(field -> alias + "." + name(field)).collect(Collectors.joining(", "));
    }

    String sameKey(String left, String right) {
        return table.keys().stream()
                .map(field -> left + "." + name(field) + " = " + right + "." + name(field))
                .collect(Collectors.joining(" AND ", "(", ")"));
    }

    static String same(List<Field> fields, String left, String right) {
        return fields.isEmpty()
                ? "true"
                : fields.stream()
                        .map(field -> left + "." + name(field) + " IS NOT DISTINCT FROM " + right + "." + name(field))
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    /** Columns as one value, which is never NULL itself. */
    static String packed(String alias, List<Field> fields) {
        return fields.isEmpty()
                ? "true"
                : fields.stream()
                        .map(field -> name(field) + " := " + alias + "." + name(field))
                        .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }

    /** What makes a version another one. */
    String values(String alias) {
        return packed(alias, table.versioned());
    }

    String order(String alias) {
        return packed(alias, table.order());
    }

    /** True when at least one column of an order is not NULL. */
    String isTold(String order) {
        return table.order().stream()
                .map(field -> order + "." + name(field) + " IS NOT NULL")
                .collect(Collectors.joining(" OR "));
    }

    /** True when the left order is newer: column by column, NULL older than any value. Never NULL. */
    String newer(String left, String right) {
        return newer(table.order(), left, right);
    }

    private static String newer(List<Field> order, String left, String right) {
        if (order.isEmpty()) {
            return "false";
        }
        String one = left + "." + name(order.get(0));
        String other = right + "." + name(order.get(0));
        String newer = "coalesce(" + one + " > " + other + ", " + one + " IS NOT NULL AND " + other + " IS NULL)";
        return "(" + newer + " OR (" + one + " IS NOT DISTINCT FROM " + other + " AND "
                + newer(order.subList(1, order.size()), left, right) + "))";
    }

    String from(String alias) {
        return alias + "." + DuckSql.name(history().names().from());
    }

    String to(String alias) {
        return alias + "." + DuckSql.name(history().names().to());
    }

    String mark(String alias) {
        return alias + "." + DuckSql.name(history().names().deleted());
    }

    static String confirmed(String alias) {
        return alias + "." + DuckSql.name(HistoryTable.CONFIRMED);
    }

    static String deletedAt(String alias) {
        return alias + "." + DuckSql.name(HistoryTable.DELETED);
    }

    static String tracked(String alias) {
        return alias + "." + DuckSql.name(HistoryTable.TRACKED);
    }

    /** True of a member that facts named, and of which no row has come. */
    static String isInferred(String alias) {
        return "(" + tracked(alias) + " = " + DuckSql.text(HistoryTable.INFERRED) + ")";
    }

    /** The end of an interval that has not ended. */
    String openEnd() {
        LocalDate end = history().openEnd();
        return end == null ? "CAST(NULL AS TIMESTAMP)" : "TIMESTAMP '" + end + " 00:00:00'";
    }

    /** True when a version's interval has not ended. */
    String isOpen(String to) {
        return history().openEnd() == null ? to + " IS NULL" : to + " = " + openEnd();
    }

    /** True when a stored row is its key's last and the key is neither closed nor marked. */
    String isLive(String alias) {
        String open = history().keepsVersions() ? isOpen(to(alias)) : "true";
        return history().marks() ? "(" + open + " AND " + mark(alias) + " IS DISTINCT FROM true)" : "(" + open + ")";
    }

    /** When a stored row was last confirmed. */
    String confirmedOr(String alias, String otherwise) {
        return table.isTimed() ? "coalesce(" + confirmed(alias) + ", " + otherwise + ")" : otherwise;
    }

    /** The business time of a row of the batch as a naive timestamp in UTC. */
    static String instant(String value, DataType type) {
        if (type instanceof DataType.Timestamp timestamp && timestamp.zoned()) {
            return "timezone('UTC', " + value + ")";
        }
        return "CAST(" + value + " AS TIMESTAMP)";
    }

    /** The other way. */
    static String businessTime(String instant, DataType type) {
        if (type instanceof DataType.Timestamp timestamp && timestamp.zoned()) {
            return "timezone('UTC', " + instant + ")";
        }
        return type == Simple.DATE ? "CAST(" + instant + " AS DATE)" : instant;
    }

    @Nullable
    Field validAt() {
        String name = history().validAt();
        return name == null ? null : table.batch().field(name).orElseThrow();
    }

    /** Columns of a batch whose values matter: neither keys nor times nor orders. */
    List<Field> content() {
        return table.of(History.Type.values());
    }
}
