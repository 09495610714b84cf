package io.headworks.cli.crash;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Databases of servers, by the connection type of a target: each copy of a project has one of its own. */
enum ServerDatabases {
    POSTGRESQL(
            "postgresql",
            "SELECT application_name || ' ' || coalesce(query, '') FROM pg_stat_activity WHERE datname = '%s'"
                    + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
            "SELECT n.nspname || '.' || c.relname || ' ' || c.relkind::text FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
                    + " UNION ALL SELECT n.nspname || '.' || p.proname || ' function' FROM pg_proc p"
                    + " JOIN pg_namespace n ON n.oid = p.pronamespace"
                    + " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')"
                    + " UNION ALL SELECT 'lock ' || mode FROM pg_locks WHERE locktype = 'advisory' AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())") {
        @Override
        TestDatabase make() {
            return TestPostgres.shared().newDatabase();
        }

        @Override
        TestDatabase copy(TestDatabase from) {
            return TestPostgres.shared().copyOf(from);
        }
    },
    MYSQL(
            "mysql",
            "SELECT coalesce(info, command) FROM information_schema.processlist WHERE db = '%s'"
                    + " AND id <> connection_id()",
            "SELECT concat(table_name, ' ', table_type) FROM information_schema.tables"
                    + " WHERE table_schema = database() UNION ALL SELECT DISTINCT concat(table_name, '.', index_name)"
                    + " FROM information_schema.statistics WHERE table_schema = database()") {
        @Override
        TestDatabase make() {
            return TestMariaDb.shared().newDatabase();
        }

        @Override
        TestDatabase copy(TestDatabase from) {
            return TestMariaDb.shared().copyOf(from);
        }
    };

    private static final long LONGEST_NANOS = 30_000_000_000L;

    private final String target;
    private final String sessions;
    private final String objects;

    ServerDatabases(String target, String sessions, String objects) {
        this.target = target;
        this.sessions = sessions;
        this.objects = objects;
    }

    static boolean has(String target) {
        return List.of(values()).stream().anyMatch(each -> each.target.equals(target));
    }

    static ServerDatabases of(String target) {
        return List.of(values()).stream()
                .filter(each -> each.target.equals(target))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server for " + target));
    }

    /** A new, empty database. */
    abstract TestDatabase make();

    /** A new database that holds what another holds, in which nobody works. */
    abstract TestDatabase copy(TestDatabase from);

    /** Tables, indexes, functions and locks, read without the product. */
    List<String> objects(TestDatabase database) {
        return database.texts(objects).stream().map(String::valueOf).sorted().toList();
    }

    /** Sessions that stay although their clients are gone; the server is given time to notice. */
    List<String> sessions(TestDatabase database) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_NANOS;
        List<String> there = List.of("not asked yet");
        while (!there.isEmpty() && System.nanoTime() < end) {
            there = database.texts(sessions.formatted(database.name())).stream()
                    .map(String::valueOf)
                    .toList();
            TimeUnit.MILLISECONDS.sleep(there.isEmpty() ? 0 : 20);
        }
        return there;
    }
}
