package io.headworks.connector.postgres.load;

import io.headworks.api.connection.Connection;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.run.Resources;
import io.headworks.api.secret.Secret;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import io.headworks.testkit.target.TargetContract;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

class PostgresTargetContractTest extends TargetContract {
    /** Of one test: made when its target is first opened. */
    private @Nullable TestDatabase database;

    TestPostgres server() {
        return TestPostgres.shared();
    }

    @AfterEach
    void dropDatabase() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Override
    protected Engine openEngine(Path temporary) {
        return new DuckDbEngineFactory().open(Resources.UNSET, temporary);
    }

    @Override
    protected Target openTarget(Path folder, EngineSession session) {
        if (database == null) {
            database = server().newDatabase();
        }
        return PostgresTarget.open(settings(database, folder), session);
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.CASE_IN_NAMES);
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(new DataType.Timestamp(9, false));
    }

    @Override
    protected Stream<Arguments> moreTypes() {
        return Stream.of(
                of(new DataType.Time(0), 0L, 86_399_000_000L),
                of(new DataType.Time(3), 86_399_999_000L),
                of(new DataType.Timestamp(0, false), LocalDateTime.parse("2026-03-29T02:30:00")),
                of(new DataType.Timestamp(3, false), LocalDateTime.parse("2026-03-29T02:30:00.123")),
                of(new DataType.Timestamp(3, true), Instant.parse("1900-01-01T00:00:00.123Z")),
                of(Simple.TIMETZ, "10:00:00.123456+02", "00:00:00-11:30"),
                of(new DataType.Bounded(300, false), "ä".repeat(300)),
                of(new DataType.Bounded(5, true), "ab   "),
                of(new DataType.Bits(9), "101010101"),
                of(Simple.GEOMETRY, (Object) HexFormat.of().parseHex("0101000000000000000000f03f0000000000000040")),
                of(new DataType.ListOf(DataType.TEXT), List.of("a,b", "\"", ""), List.of()),
                of(new DataType.ListOf(Simple.DOUBLE), List.of(0.1, Double.NaN)));
    }

    static PostgresSettings settings(TestDatabase database, Path folder) {
        return PostgresSettings.of(new Connection(
                "warehouse",
                "postgresql",
                folder,
                Map.of(
                        "host", database.host(),
                        "port", Integer.toString(database.port()),
                        "database", database.name(),
                        "user", database.user()),
                Map.of("password", new Secret(database.password()))));
    }

    @Override
    protected String longStatement() {
        return "SELECT pg_sleep(60)";
    }
}
