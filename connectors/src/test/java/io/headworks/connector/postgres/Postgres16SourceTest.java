package io.headworks.connector.postgres;

import org.junit.jupiter.api.Tag;

@Tag("slow")
final class Postgres16SourceTest extends PostgresSourceTest {
    @Override
    int version() {
        return 16;
    }
}
