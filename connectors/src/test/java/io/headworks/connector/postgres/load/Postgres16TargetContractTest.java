package io.headworks.connector.postgres.load;

import io.headworks.testkit.servers.TestPostgres;
import org.junit.jupiter.api.Tag;

@Tag("slow")
final class Postgres16TargetContractTest extends PostgresTargetContractTest {
    @Override
    TestPostgres server() {
        return TestPostgres.shared("16");
    }
}
