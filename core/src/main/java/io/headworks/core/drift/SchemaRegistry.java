package io.headworks.core.drift;

import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.Optional;

/** Where versions of sources' columns are kept. */
public interface SchemaRegistry {
    /** Knows and keeps nothing. */
    SchemaRegistry NONE = new SchemaRegistry() {
        @Override
        public Optional<SchemaVersion> find(SourceKey source, String hash) {
            return Optional.empty();
        }

        @Override
        public void seen(SourceKey source, Schema schema, String runId, Instant at) {}
    };

    /** The newest version with that hash. */
    Optional<SchemaVersion> find(SourceKey source, String hash);

    /** A run looked: the newest version goes on when it has these columns, else a new one begins. */
    void seen(SourceKey source, Schema schema, String runId, Instant at);

    /** The same knowledge for somebody whose looks do not count. */
    default SchemaRegistry readOnly() {
        SchemaRegistry all = this;
        return new SchemaRegistry() {
            @Override
            public Optional<SchemaVersion> find(SourceKey source, String hash) {
                return all.find(source, hash);
            }

            @Override
            public void seen(SourceKey source, Schema schema, String runId, Instant at) {}
        };
    }
}
