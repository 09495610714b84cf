package io.headworks.duckdb.target;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one transaction. After one that failed DuckDB goes on to COMMIT without complaint and keeps nothing;
 * so the first failure, of a statement or of anything done between two, poisons this: nothing runs any more.
 */
final class GuardedSql implements SqlRunner {
    private final SqlRunner sql;
    private final String subject;
    private @Nullable Throwable poison;

    GuardedSql(SqlRunner sql, String subject) {
        this.sql = sql;
        this.subject = subject;
    }

    /** Runs work of which no part may fail. */
    <T> T guard(Supplier<T> work) {
        refuseWhenPoisoned();
        try {
            return work.get();
        } catch (RuntimeException | Error failed) {
            if (poison == null) {
                poison = failed;
            }
            throw failed;
        }
    }

    boolean isPoisoned() {
        return poison != null;
    }

    private void refuseWhenPoisoned() {
        if (poison != null) {
            FailureKind kind = poison instanceof HeadworksException known ? known.kind() : FailureKind.INTERNAL;
            throw new HeadworksException(
                    kind,
                    "Cannot go on loading " + subject + ": an earlier step failed, and nothing is kept ("
                            + poison.getMessage() + ")",
                    null,
                    poison);
        }
    }

    @Override
    public void execute(String statement) {
        guard(() -> {
            sql.execute(statement);
            return 0;
        });
    }

    @Override
    public long update(String statement) {
        return guard(() -> sql.update(statement));
    }

    @Override
    public <T> List<T> query(String select, RowMapper<T> mapper) {
        return guard(() -> sql.query(select, mapper));
    }

    @Override
    public long number(String select) {
        return guard(() -> sql.number(select));
    }

    @Override
    public Schema describe(String select) {
        return guard(() -> sql.describe(select));
    }
}
