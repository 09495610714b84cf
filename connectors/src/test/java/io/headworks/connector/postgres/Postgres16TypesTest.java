package io.headworks.connector.postgres;

import org.junit.jupiter.api.Tag;

/** The types that this version has. */
@Tag("ci")
final class Postgres16TypesTest extends PostgresTypesTest {
    @Override
    int version() {
        return 16;
    }
}
