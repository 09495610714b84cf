package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.Collection;
import java.util.stream.Collectors;

/** The one place where names become SQLite SQL text; values go through parameters. */
final class SqliteSql {
    private SqliteSql() {}

    static String name(String identifier) {
        if (identifier.indexOf('\0') >= 0) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot use a name that holds U+0000: " + identifier.replace('\0', '?'));
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String names(Collection<String> identifiers) {
        return identifiers.stream().map(SqliteSql::name).collect(Collectors.joining(", "));
    }

    /** {@code main.table}: a SQLite file has no schemas of its own. */
    static String table(TableName table) {
        if (table.schema() != null && !table.schema().equalsIgnoreCase("main")) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use table " + table + " in SQLite: it has no schema '" + table.schema()
                            + "' (allowed: main)");
        }
        return "main." + name(table.table());
    }

    /** A text literal, for names of types and tables in PRAGMA-like functions. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
