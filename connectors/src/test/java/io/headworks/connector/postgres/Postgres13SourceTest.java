package io.headworks.connector.postgres;

import org.junit.jupiter.api.Tag;

@Tag("slow")
final class Postgres13SourceTest extends PostgresSourceTest {
    @Override
    int version() {
        return 13;
    }
}
