package io.headworks.duckdb.engine;

import java.sql.DriverManager;

/** A process that holds a database file until it is killed. */
final class HoldsFile {

    private HoldsFile() {}

    public static void main(String[] arguments) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0])) {
            System.out.println("held");
            System.in.read();
            connection.commit();
        }
    }
}
