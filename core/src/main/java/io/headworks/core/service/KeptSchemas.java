package io.headworks.core.service;

import io.headworks.api.type.Schema;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.drift.SchemaVersion;
import io.headworks.core.drift.SourceKey;
import java.time.Instant;
import java.util.Optional;

/** What runs saw of sources, for somebody who only looks. The state is opened for each question, and only then. */
final class KeptSchemas implements SchemaRegistry {
    private final Memory memory;

    KeptSchemas(Memory memory) {
        this.memory = memory;
    }

    @Override
    public Optional<SchemaVersion> find(SourceKey source, String hash) {
        return memory.schemas(source).stream()
                .filter(version -> version.hash().equals(hash))
                .reduce((older, newer) -> newer);
    }

    @Override
    public void seen(SourceKey source, Schema schema, String runId, Instant at) {}
}
