package io.headworks.duckdb.engine;

import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.source.RejectedRow;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** The rows of an extract that could not be read, written one by one. */
final class RejectTable implements AutoCloseable {
    private static final String STAGE = "extract";
    private final SessionSql sql;
    private final WorkTable table;
    private @Nullable DuckDBAppender appender;
    private long count;

    RejectTable(SessionSql sql, WorkTable table) {
        this.sql = sql;
        this.table = table;
        table.create(sql, RejectColumns.SCHEMA, List.of());
    }

    void add(RejectedRow row, @Nullable String payload) {
        try {
            DuckDBAppender to = open();
            to.beginRow();
            to.append(STAGE)
                    .append(row.code())
                    .appendNull()
                    .append(row.reason())
                    .append(row.source());
            number(to, row.line());
            number(to, row.byteOffset());
            to.append(row.column()).append(payload).append(row.raw());
            to.endRow();
            count++;
        } catch (SQLException failed) {
            throw sql.failure(failed);
        }
    }

    private static void number(DuckDBAppender to, @Nullable Long value) throws SQLException {
        if (value == null) {
            to.appendNull();
        } else {
            to.append(value.longValue());
        }
    }

    private DuckDBAppender open() throws SQLException {
        if (appender == null) {
            appender = sql.connection().createAppender(table.catalog(), "main", table.name());
        }
        return appender;
    }

    long count() {
        return count;
    }

    /** What was added so far becomes visible. */
    void flush() {
        if (appender != null) {
            try {
                appender.close();
                appender = null;
            } catch (SQLException failed) {
                throw sql.failure(failed);
            }
        }
    }

    Relation relation() {
        return table.plain(RejectColumns.SCHEMA);
    }

    @Override
    public void close() {
        flush();
    }
}
