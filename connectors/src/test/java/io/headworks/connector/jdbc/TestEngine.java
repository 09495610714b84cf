package io.headworks.connector.jdbc;

import io.headworks.connector.jdbc.dialect.Dialect;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestDerby;
import io.headworks.testkit.servers.TestHsqldb;
import java.nio.file.Path;
import java.util.List;

/** A database product with its test server. */
enum TestEngine {
    DERBY(Dialect.DERBY) {
        @Override
        TestDatabase newDatabase() {
            return TestDerby.shared().newDatabase();
        }

        @Override
        List<Path> driver() {
            return TestDerby.driver();
        }
    },
    HSQLDB(Dialect.HSQLDB) {
        @Override
        TestDatabase newDatabase() {
            return TestHsqldb.newDatabase();
        }

        @Override
        List<Path> driver() {
            return TestHsqldb.driver();
        }
    };

    private final Dialect dialect;

    TestEngine(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    abstract TestDatabase newDatabase();

    abstract List<Path> driver();
}
