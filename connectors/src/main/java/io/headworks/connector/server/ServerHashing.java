package io.headworks.connector.server;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.Repeated;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.BucketHashing;
import io.headworks.api.source.Extract;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows hashed by a server, in the snapshot that its source holds. */
public final class ServerHashing implements BucketHashing {
    private final Hasher hasher;
    private final ServerErrors errors;

    public ServerHashing(Hasher hasher, ServerErrors errors) {
        this.hasher = hasher;
        this.errors = errors;
    }

    /** How one kind of server does it. */
    public interface Hasher {
        /** See {@link BucketHashing#refusal}. */
        @Nullable
        String refusal(RowHashing hashing) throws SQLException;

        /** The session that holds the snapshot, ready to hash. */
        Connection connection() throws SQLException;

        HashStatements statements(Extract extract, RowHashing hashing) throws SQLException;

        /** For messages. */
        String name(Extract extract);

        /** Refuses what a sum says that is none. */
        default void check(BigDecimal sum) {}

        /** Stops what a session runs; called by another thread. */
        void cancel(Statement running) throws SQLException;
    }

    /** What a server is asked, in its own SQL. */
    public interface HashStatements {
        /** Number, rows and sum of hashes of each bucket. */
        String buckets();

        /** How many keys occur more than once, and the rows of those. */
        String repeated();

        /** A condition for the rows in some buckets. */
        String within(Collection<Integer> buckets);
    }

    @Override
    public @Nullable String refusal(Extract extract, RowHashing hashing) {
        List<String> refusals = errors.translate("look at the server", () -> {
            String refusal = hasher.refusal(hashing);
            return refusal == null ? List.of() : List.of(refusal);
        });
        return refusals.isEmpty() ? null : refusals.get(0);
    }

    private interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private interface Query {
        String of(HashStatements statements);
    }

    @Override
    public List<Bucket> buckets(Extract extract, RowHashing hashing, Cancellation cancellation) {
        return run(extract, hashing, cancellation, HashStatements::buckets, this::bucket);
    }

    /** The lower 64 bits of the sum. */
    private Bucket bucket(ResultSet row) throws SQLException {
        BigDecimal sum = row.getBigDecimal(3);
        hasher.check(sum);
        return new Bucket(row.getInt(1), row.getLong(2), sum.toBigIntegerExact().longValue());
    }

    @Override
    public Repeated repeated(Extract extract, RowHashing hashing, Cancellation cancellation) {
        return run(
                        extract,
                        hashing,
                        cancellation,
                        HashStatements::repeated,
                        row -> new Repeated(row.getLong(1), row.getLong(2)))
                .get(0);
    }

    @Override
    public Extract within(Extract extract, RowHashing hashing, Set<Integer> buckets) {
        return extract.and(errors.translate(
                "look at " + hasher.name(extract),
                () -> hasher.statements(extract, hashing).within(buckets)));
    }

    private <T> List<T> run(
            Extract extract, RowHashing hashing, Cancellation cancellation, Query query, RowMapper<T> mapper) {
        cancellation.check();
        return errors.translate("hash the rows of " + hasher.name(extract), () -> {
            Connection connection = hasher.connection();
            String sql = query.of(hasher.statements(extract, hashing));
            try (Statement statement = connection.createStatement();
                    Cancellation.Registration stop = cancellation.onRequest(() -> cancel(statement))) {
                statement.setEscapeProcessing(false);
                List<T> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        found.add(mapper.map(rows));
                    }
                }
                return found;
            } catch (SQLException failed) {
                cancellation.check();
                throw failed;
            }
        });
    }

    private void cancel(Statement running) {
        try {
            hasher.cancel(running);
        } catch (SQLException failed) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot cancel a statement: " + failed.getMessage(), null, failed);
        }
    }
}
