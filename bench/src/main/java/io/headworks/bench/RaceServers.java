package io.headworks.bench;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The servers of a race between tools: lineitem in PostgreSQL and in MariaDB, and an empty PostgreSQL database. They run
 * until standard input ends; where they are stands in a file meanwhile.
 */
public final class RaceServers {
    private RaceServers() {}

    /** Arguments: rows, and the file to write. */
    public static void main(String[] arguments) throws IOException {
        long rows = Long.parseLong(arguments[0]);
        Path written = Path.of(arguments[1]);
        try (TestPostgres postgres =
                        TestPostgres.start("shared_buffers=1500MB", "max_wal_size=8GB", "autovacuum=off", "jit=off");
                TestDatabase shop = postgres.newDatabase();
                TestDatabase warehouse = postgres.newDatabase();
                TestMariaDb mariadb = TestMariaDb.start("innodb-buffer-pool-size=1G");
                TestDatabase other = mariadb.newDatabase()) {
            shop.run(Lineitem.table(rows), "VACUUM (FREEZE, ANALYZE) lineitem");
            other.run(Lineitem.inMariaDb(rows), "ANALYZE TABLE lineitem");
            Files.writeString(
                    written,
                    "{\"postgres\": " + described(shop, postgres.pid()) + ", \"warehouse\": "
                            + described(warehouse, postgres.pid()) + ", \"mariadb\": " + described(other, mariadb.pid())
                            + "}\n");
            await(System.out);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void await(PrintStream out) throws IOException {
        out.println("the servers are there");
        while (System.in.read() >= 0) {
            // whoever started this closes it
            out.flush();
        }
    }

    private static String described(TestDatabase database, long process) {
        return "{\"port\": %d, \"database\": \"%s\", \"user\": \"%s\", \"password\": \"%s\", \"pid\": %d}"
                .formatted(database.port(), database.name(), database.user(), database.password(), process);
    }
}
