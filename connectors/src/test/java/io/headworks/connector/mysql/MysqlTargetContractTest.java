package io.headworks.connector.mysql;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.run.Resources;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.mysql.load.MysqlTarget;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
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

class MysqlTargetContractTest extends TargetContract {
    /** Made when it is first opened: what is before each test of the contract comes before ours. */
    private @Nullable TestDatabase database;

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
            database = TestMariaDb.shared().newDatabase();
        }
        return MysqlTarget.open(MysqlConnector.settings(MysqlConnections.connection(database, Map.of())), session);
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.SCHEMAS, Lack.CASE_IN_NAMES, Lack.CHANGES_TAKEN_BACK);
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(new DataType.ListOf(DataType.BIGINT), new DataType.Timestamp(9, false));
    }

    @Override
    protected List<Object> refusedValues(DataType type) {
        if (type == DataType.Simple.DOUBLE) {
            return List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
        return type.equals(DataType.TIMESTAMPTZ) ? List.of(Instant.parse("1900-01-01T00:00:00Z")) : List.of();
    }

    @Override
    protected Stream<Arguments> moreTypes() {
        return Stream.of(
                of(new DataType.Time(0), 0L, 86_399_000_000L),
                of(new DataType.Time(3), 86_399_999_000L),
                of(new DataType.Timestamp(0, false), LocalDateTime.parse("2026-03-29T02:30:00")),
                of(new DataType.Timestamp(3, false), LocalDateTime.parse("2026-03-29T02:30:00.123")),
                of(new DataType.Timestamp(3, true), Instant.parse("2026-03-29T01:30:00.123Z")),
                of(Simple.TIMETZ, "10:00:00.123456+02", "00:00:00-11:30"),
                of(new DataType.Bounded(255, false), "ä".repeat(255)),
                of(new DataType.Bounded(256, false), "ä".repeat(256)),
                of(new DataType.Bounded(5, true), "ab   "),
                of(new DataType.Bits(9), "101010101"),
                of(Simple.GEOMETRY, (Object) HexFormat.of().parseHex("0101000000000000000000f03f0000000000000040")));
    }

    @Override
    protected String longStatement() {
        return "SELECT count(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns c";
    }
}
