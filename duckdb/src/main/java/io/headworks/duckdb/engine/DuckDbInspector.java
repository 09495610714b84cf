package io.headworks.duckdb.engine;

import io.headworks.api.engine.SelectReader;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.run.Cancellation;
import io.headworks.duckdb.inspect.SqlFindings;
import io.headworks.duckdb.lineage.SelectTrees;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Reads SQL on a connection of its own, opened at the first text. Many texts are read side by side on further
 * connections, because the parser works on one thread.
 */
final class DuckDbInspector implements SqlInspector, SelectReader {
    /** Fewer texts are read sooner than another connection is opened and its thread is warm. */
    private static final int WORTH_A_CONNECTION = 250;

    private final Connecting connecting;
    private @Nullable DuckDBConnection connection;

    /** Opens the connection. */
    interface Connecting {
        DuckDBConnection connect() throws SQLException;
    }

    DuckDbInspector(Connecting connecting) {
        this.connecting = connecting;
    }

    @Override
    public List<Finding> inspect(List<Text> texts) {
        return sideBySide(texts, SqlFindings::of);
    }

    @Override
    public List<SelectTree> read(List<Text> texts) {
        return sideBySide(texts, SelectTrees::of);
    }

    private <T> List<T> sideBySide(List<Text> texts, BiFunction<SqlRunner, List<Text>, List<T>> work) {
        if (texts.isEmpty()) {
            return List.of();
        }
        DuckDBConnection first = connected();
        return shares(texts).parallelStream()
                .map(share -> over(first, share, work))
                .flatMap(List::stream)
                .toList();
    }

    private static List<List<Text>> shares(List<Text> texts) {
        int many = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), texts.size() / WORTH_A_CONNECTION));
        int size = (texts.size() + many - 1) / many;
        List<List<Text>> shares = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += size) {
            shares.add(texts.subList(from, Math.min(texts.size(), from + size)));
        }
        return shares;
    }

    private static <T> List<T> over(
            DuckDBConnection first, List<Text> texts, BiFunction<SqlRunner, List<Text>, List<T>> work) {
        try (SessionSql sql = new SessionSql(first.duplicate().unwrap(DuckDBConnection.class), new Cancellation())) {
            return work.apply(sql, texts);
        } catch (SQLException failed) {
            throw EngineErrors.of(failed);
        }
    }

    private DuckDBConnection connected() {
        if (connection == null) {
            try {
                connection = connecting.connect();
            } catch (SQLException failed) {
                throw EngineErrors.of(failed);
            }
        }
        return connection;
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        } catch (SQLException failed) {
            throw EngineErrors.of(failed);
        }
    }
}
