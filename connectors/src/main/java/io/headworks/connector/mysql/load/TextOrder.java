package io.headworks.connector.mysql.load;

import io.headworks.connector.relational.Statements;
import java.util.Set;

/**
 * How the texts of a table that we make compare: by the numbers of their characters, so that case, accents and blanks at
 * the end count. Each server has its own name for that, and neither knows the other's.
 */
enum TextOrder {
    MARIADB("utf8mb4_nopad_bin"),
    MYSQL("utf8mb4_0900_bin");

    /** Of our own tables, on both; no name in them ends with a blank. */
    static final String PADDED = "utf8mb4_bin";

    private static final Set<String> EXACT = Set.of(MARIADB.collation, MYSQL.collation);

    private final String collation;

    TextOrder(String collation) {
        this.collation = collation;
    }

    static TextOrder of(Statements sql) {
        return sql.run(
                () -> sql.connection().getMetaData().getDatabaseProductName().equals("MariaDB") ? MARIADB : MYSQL);
    }

    String collation() {
        return collation;
    }

    /** True when texts are equal under it only when they are the same. */
    static boolean isExact(String collation) {
        return EXACT.contains(collation);
    }
}
