package io.headworks.connector.mysql.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange.CreateTable;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.mysql.session.MysqlSql;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The index of a new table by which loads find rows. It is unique where it can hold its columns whole; a text or a binary
 * of any length it holds by its beginning, which different values may share.
 */
final class KeyIndex {
    static final String NAME = "hw_merge_key";
    /** Of the rows that InnoDB makes today, with pages of 16 kB. */
    private static final int MOST_BYTES = 3072;

    private static final int MOST_COLUMNS = 16;
    private static final int BEGINNING = 64;
    private static final int CHARACTER_BYTES = 4;
    private static final int NUMBER_BYTES = 32;

    private KeyIndex() {}

    /** What follows the columns in CREATE TABLE; empty for a table without a key. */
    static String of(TableName name, CreateTable table) {
        List<Field> key = table.key().stream()
                .map(column -> column(name, table.schema(), column))
                .toList();
        return key.isEmpty() ? "" : ", " + of(key);
    }

    /** What follows a column's change in ALTER TABLE, so that the index fits it still; empty where it does not hold it. */
    static String widened(Statements sql, TargetTable table, Field widened) {
        List<String> indexed = sql.query(
                "SELECT COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?"
                        + " AND INDEX_NAME = ? ORDER BY SEQ_IN_INDEX",
                row -> row.getString(1),
                MysqlSql.NAMES.fitted(table.name().table()),
                NAME);
        if (!indexed.contains(widened.name())) {
            return "";
        }
        List<Field> key = indexed.stream()
                .map(name -> name.equals(widened.name())
                        ? widened
                        : table.schema().field(name).orElseThrow())
                .toList();
        return ", DROP INDEX " + NAME + ", ADD " + of(key);
    }

    private static String of(List<Field> key) {
        boolean whole = key.size() <= MOST_COLUMNS
                && key.stream().mapToInt(KeyIndex::bytes).allMatch(bytes -> bytes > 0)
                && key.stream().mapToInt(KeyIndex::bytes).sum() <= MOST_BYTES;
        String columns = key.stream()
                .limit(MOST_COLUMNS / (whole ? 1 : 2))
                .map(field -> MysqlSql.name(field.name()) + (whole ? "" : beginning(field)))
                .collect(Collectors.joining(", "));
        return (whole ? "UNIQUE INDEX " : "INDEX ") + NAME + " (" + columns + ")";
    }

    /** As a load finds it: in the exact case, then without case. */
    private static Field column(TableName table, Schema schema, String name) {
        return schema.field(name)
                .or(() -> schema.fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.SCHEMA_CHANGE,
                        "Cannot create " + table + ": key column '" + name + "' is missing (columns: " + schema + ")"));
    }

    /** At most, in an index; 0 for what has no bound there. */
    private static int bytes(Field field) {
        DataType type = MysqlTypes.stored(field.type());
        if (type instanceof DataType.Bounded bounded) {
            return bounded.length() * CHARACTER_BYTES;
        }
        return type == Simple.TEXT || type == Simple.JSON || type == Simple.BINARY ? 0 : NUMBER_BYTES;
    }

    private static String beginning(Field field) {
        int bytes = bytes(field);
        return bytes == 0 || bytes > BEGINNING * CHARACTER_BYTES ? "(" + BEGINNING + ")" : "";
    }
}
