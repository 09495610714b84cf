package io.headworks.duckdb.compile;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A DuckDB in memory with a session's settings, and the shortest way to run operations in it. */
final class Duck implements SqlRunner, Datasets, AutoCloseable {
    final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Relation> bound = new LinkedHashMap<>();
    private final Map<String, Optional<Load>> loads = new LinkedHashMap<>();
    private final Connection connection;

    Duck() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        execute("SET TimeZone = 'UTC'");
        execute("SET preserve_insertion_order = false");
        execute("SET ieee_floating_point_ops = false");
    }

    /** A relation over a SELECT; columns that begin with _hw_ are hidden. */
    Relation rows(String select) {
        Schema all = describe(select);
        return new Relation(
                select,
                new Schema(all.fields().stream()
                        .filter(field -> !field.name().startsWith("_hw_"))
                        .toList()),
                all.names().stream().filter(name -> name.startsWith("_hw_")).toList());
    }

    Relation values(String columns, String... rows) {
        return rows("SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS v(" + columns + ")");
    }

    void bind(String name, Relation relation) {
        bind(name, relation, null);
    }

    void bind(String name, Relation relation, @Nullable Load load) {
        bound.put(name, relation);
        loads.put(name, Optional.ofNullable(load));
    }

    CompileContext context() {
        return new CompileContext(this, this, values);
    }

    Relation compile(Relation input, Operation... operations) {
        return new OperationCompiler().compile(input, Arrays.asList(operations), context());
    }

    /** Rows as {@code a|b|NULL}, schema columns only, sorted. */
    List<String> run(Relation input, Operation... operations) {
        return show(compile(input, operations));
    }

    List<String> show(Relation relation) {
        checkSchema(relation);
        String columns = relation.schema().names().stream()
                .map(name -> "coalesce(CAST(" + DuckSql.name(name) + " AS VARCHAR), 'NULL')")
                .collect(Collectors.joining(", '|', "));
        return query("SELECT concat(" + columns + ") FROM (" + relation.sql() + ")", row -> row.getString(1)).stream()
                .sorted()
                .toList();
    }

    /** Reasons of rejected rows, sorted, tabs shown as {@code <T>}. */
    List<String> reasons(Relation relation) {
        return query(
                        "SELECT _hw_reason FROM (" + relation.sql() + ") WHERE _hw_reason IS NOT NULL",
                        row -> row.getString(1).replace("\t", "<T>"))
                .stream()
                .sorted()
                .toList();
    }

    /** What a relation says of itself must be what the engine finds. */
    private void checkSchema(Relation relation) {
        Schema found = describe(relation.sql());
        List<String> expected = new ArrayList<>(relation.schema().fields().stream()
                .map(field -> field.name() + " " + DuckTypes.spelling(field.type()))
                .toList());
        List<String> actual = found.fields().stream()
                .filter(field -> !field.name().startsWith("_hw_"))
                .map(field -> field.name() + " " + DuckTypes.spelling(field.type()))
                .toList();
        List<String> hidden = found.names().stream()
                .filter(name -> name.startsWith("_hw_"))
                .sorted()
                .toList();
        if (!expected.equals(actual)
                || !hidden.equals(relation.hidden().stream().sorted().toList())) {
            throw new AssertionError("the relation promises " + expected + relation.hidden() + " and gives " + actual
                    + hidden + "\n" + relation.sql());
        }
    }

    @Override
    public Optional<Relation> find(DatasetName name) {
        return Optional.ofNullable(bound.get(name.toString()));
    }

    @Override
    public Optional<Load> load(DatasetName name) {
        return loads.getOrDefault(name.toString(), Optional.empty());
    }

    @Override
    public Optional<Relation> findWritten(String nameAsWritten) {
        return Optional.ofNullable(bound.get(nameAsWritten));
    }

    @Override
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    @Override
    public long update(String sql) {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> mapped = new ArrayList<>();
            while (rows.next()) {
                mapped.add(mapper.map(rows));
            }
            return mapped;
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    @Override
    public long number(String sql) {
        return query(sql, row -> row.getLong(1)).get(0);
    }

    @Override
    public Schema describe(String sql) {
        return new Schema(
                query("DESCRIBE " + sql, row -> new Field(row.getString(1), DuckTypes.parse(row.getString(2)), true)));
    }

    private static HeadworksException failure(SQLException failed) {
        String message = failed.getMessage() == null ? "" : failed.getMessage();
        return new HeadworksException(FailureKind.RUN, message, null, failed);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
