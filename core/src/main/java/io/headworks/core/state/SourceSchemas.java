package io.headworks.core.state;

import io.headworks.api.type.Schema;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.drift.SchemaVersion;
import io.headworks.core.drift.SourceKey;
import io.headworks.core.plan.Planner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The columns that sources had, in versions. The newest hundred of each source stay. */
public final class SourceSchemas implements SchemaRegistry {
    static final List<String> KEY = List.of("environment", "pipeline", "source", "version");
    static final List<String> OTHERS = List.of("hash", "document", "first_seen", "last_seen", "first_run", "last_run");
    private static final int MOST_VERSIONS = 100;
    private static final String OF_SOURCE = " where environment = ? and pipeline = ? and source = ?";
    private static final String SELECT =
            "select version, " + String.join(", ", OTHERS) + " from source_schema" + OF_SOURCE;

    private final StateDatabase state;

    public SourceSchemas(StateDatabase state) {
        this.state = state;
    }

    /** Oldest first. */
    public List<SchemaVersion> versions(SourceKey source) {
        return state.query(
                SELECT + " order by version",
                SourceSchemas::read,
                source.environment(),
                source.pipeline(),
                source.source());
    }

    @Override
    public Optional<SchemaVersion> find(SourceKey source, String hash) {
        return state
                .query(
                        SELECT + " and hash = ? order by version desc limit 1",
                        SourceSchemas::read,
                        source.environment(),
                        source.pipeline(),
                        source.source(),
                        hash)
                .stream()
                .findFirst();
    }

    @Override
    public void seen(SourceKey source, Schema schema, String runId, Instant at) {
        state.inTransaction(() -> {
            Optional<SchemaVersion> newest = newest(source);
            String hash = Planner.schemaHash(schema);
            boolean goesOn = newest.map(version -> version.hash().equals(hash)).orElse(false);
            if (goesOn) {
                goOn(source, newest.get(), runId, at);
            } else {
                begin(source, newest.map(SchemaVersion::number).orElse(0) + 1, schema, runId, at);
            }
        });
    }

    private Optional<SchemaVersion> newest(SourceKey source) {
        return state
                .query(
                        SELECT + " order by version desc limit 1",
                        SourceSchemas::read,
                        source.environment(),
                        source.pipeline(),
                        source.source())
                .stream()
                .findFirst();
    }

    /** A run that began earlier and looked later says nothing about the end. */
    private void goOn(SourceKey source, SchemaVersion version, String runId, Instant at) {
        state.update(
                "update source_schema set last_seen = ?, last_run = ?" + OF_SOURCE
                        + " and version = ? and last_seen <= ?",
                at.toString(),
                runId,
                source.environment(),
                source.pipeline(),
                source.source(),
                version.number(),
                at.toString());
    }

    /** Where another process has begun the same version meanwhile, that one stands. */
    private void begin(SourceKey source, int number, Schema schema, String runId, Instant at) {
        state.update(
                "insert into source_schema (" + String.join(", ", KEY) + ", " + String.join(", ", OTHERS)
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (" + String.join(", ", KEY)
                        + ") do nothing",
                source.environment(),
                source.pipeline(),
                source.source(),
                number,
                Planner.schemaHash(schema),
                SchemaVersion.write(schema),
                at.toString(),
                at.toString(),
                runId,
                runId);
        state.update(
                "delete from source_schema" + OF_SOURCE + " and version <= ?",
                source.environment(),
                source.pipeline(),
                source.source(),
                number - MOST_VERSIONS);
    }

    private static SchemaVersion read(ResultSet row) throws SQLException {
        return new SchemaVersion(
                row.getInt("version"),
                row.getString("hash"),
                SchemaVersion.read(row.getString("document")),
                Instant.parse(row.getString("first_seen")),
                Instant.parse(row.getString("last_seen")),
                row.getString("first_run"),
                row.getString("last_run"));
    }
}
