package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code hw verify} of targets on servers, by users who may write nothing but the databases they make for it. */
@Tag("ci")
final class VerifyServersTest {
    private static final AtomicInteger USERS = new AtomicInteger();
    private static final String ABANDONED = "hw_verify_0192f3c47c1e7b1a9f3e2f6f1f1f9a10_1";

    @TempDir
    Path folder;

    private Hw hw;
    private Server server;
    private TestDatabase database;
    private String verifier;
    private String reader;

    enum Server {
        POSTGRESQL(
                "SELECT datname FROM pg_database ORDER BY datname",
                "SELECT table_schema || '.' || table_name FROM information_schema.tables"
                        + " WHERE table_schema IN ('public', 'headworks') ORDER BY 1",
                "ALTER ROLE \"%s\" CREATEDB") {
            @Override
            TestDatabase make() {
                return TestPostgres.shared().newDatabase();
            }

            @Override
            void user(String name, TestDatabase database) {
                database.run(
                        "CREATE ROLE " + name + " LOGIN PASSWORD 'secret'",
                        "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            }

            @Override
            void letRead(String name, TestDatabase database) {
                database.run(
                        "GRANT USAGE ON SCHEMA public, headworks TO " + name,
                        "GRANT SELECT ON ALL TABLES IN SCHEMA public, headworks TO " + name);
            }

            @Override
            void letMake(String name, TestDatabase database) {
                database.run("ALTER ROLE " + name + " CREATEDB");
            }

            @Override
            String give(String namespace, String owner) {
                return "CREATE DATABASE " + namespace + " OWNER " + owner;
            }
        },
        MYSQL(
                "SHOW DATABASES",
                "SELECT table_name FROM information_schema.tables WHERE table_schema = database() ORDER BY 1",
                "GRANT ALL ON `hw\\_verify\\_%%`.* TO `%s`") {
            @Override
            TestDatabase make() {
                return TestMariaDb.shared().newDatabase();
            }

            @Override
            void user(String name, TestDatabase database) {
                database.run("CREATE USER " + name + " IDENTIFIED BY 'secret'");
            }

            @Override
            void letRead(String name, TestDatabase database) {
                database.run("GRANT SELECT ON " + database.name() + ".* TO " + name);
            }

            @Override
            void letMake(String name, TestDatabase database) {
                database.run("GRANT ALL ON `hw\\_verify\\_%`.* TO " + name);
            }

            @Override
            String give(String namespace, String owner) {
                return "CREATE DATABASE " + namespace;
            }
        };

        private final String databases;
        private final String tables;
        private final String grant;

        Server(String databases, String tables, String grant) {
            this.databases = databases;
            this.tables = tables;
            this.grant = grant;
        }

        abstract TestDatabase make();

        abstract void user(String name, TestDatabase database);

        abstract void letRead(String name, TestDatabase database);

        abstract void letMake(String name, TestDatabase database);

        abstract String give(String namespace, String owner);
    }

    /** A table that was loaded, and a change to verify; one user may make databases, the other may not. */
    private void loaded(Server chosen) {
        server = chosen;
        database = chosen.make();
        int number = USERS.incrementAndGet();
        verifier = "proof_verifier_" + number;
        reader = "proof_reader_" + number;
        hw = new Hw(folder);
        as(database.user());
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract:
                    connection: landing
                    path: orders-*.csv
                    columns: {id: bigint, amount: "decimal(18,2)", name: text, updated_at: timestamp}
                    strategy: incremental
                    incremental_key: updated_at
                    lookback: 7d
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                """);
        hw.write(
                "data/orders-1.csv",
                "id,amount,name,updated_at\n1,10.00,a,2026-01-01 10:00:00\n2,20.00,b,2026-01-02 10:00:00\n");
        Hw.Result run = hw.run("run", "orders");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        hw.write(
                "data/orders-2.csv",
                "id,amount,name,updated_at\n2,21.00,B,2026-01-03 10:00:00\n3,30.00,c,2026-01-03 10:00:00\n");
        for (String user : List.of(verifier, reader)) {
            chosen.user(user, database);
            chosen.letRead(user, database);
        }
        chosen.letMake(verifier, database);
    }

    /** The project, with the target opened by a user, and a connection that may make databases. */
    private void as(String user) {
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: %s
                  scratch: %s
                """.formatted(connection(user), connection(verifier)));
        hw.write("password", user.equals(database.user()) ? database.password() : "secret");
    }

    private String connection(String user) {
        return "{type: %s, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\"}"
                .formatted(server.name().toLowerCase(java.util.Locale.ROOT), database.port(), database.name(), user);
    }

    @AfterEach
    void drop() {
        if (database != null) {
            database.close();
        }
    }

    /** Every row of every table, and which databases there are. */
    private List<String> everything() {
        List<String> all = new ArrayList<>();
        database.texts(server.databases).forEach(name -> all.add("database " + name));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String table : database.texts(server.tables)) {
                List<String> rows = new ArrayList<>();
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    while (row.next()) {
                        StringBuilder text = new StringBuilder(table);
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            text.append(' ').append(row.getString(i));
                        }
                        rows.add(text.toString());
                    }
                }
                rows.sort(null);
                all.addAll(rows);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void aLoadIsProvenAndNothingElseIsWritten(Server chosen) {
        loaded(chosen);
        as(verifier);
        List<String> before = everything();

        Hw.Result result = hw.run("verify", "orders", "--kills", "2", "--seed", "7", "--output", "json");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.document())
                .containsEntry("proven", true)
                .containsEntry("rows", 4L)
                .containsEntry("rows_before", 2L)
                .containsEntry("kills", 2L);
        assertThat((List<?>) result.document().get("replays")).hasSize(6);
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void whoMayMakeNoDatabaseIsToldWhatToDo(Server chosen) {
        loaded(chosen);
        as(reader);
        List<String> before = everything();

        Hw.Result refused = hw.run("verify", "orders", "--kills", "0");

        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(2);
        assertThat(refused.err())
                .contains("Cannot make database hw_verify_", "the user may not", "--in")
                .contains(chosen.grant.formatted(reader));
        Hw.Result elsewhere = hw.run("verify", "orders", "--kills", "1", "--in", "scratch");
        assertThat(elsewhere.exitCode()).as(elsewhere.out() + elsewhere.err()).isZero();
        assertThat(elsewhere.out()).contains("1 kills");
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void whatAKilledVerificationLeftIsDropped(Server chosen) {
        loaded(chosen);
        as(verifier);
        List<String> before = everything();
        database.run(chosen.give(ABANDONED, verifier));

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("dropped " + ABANDONED + ", which a verification left that was killed");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aSessionThatStaysBehindDoesNotKeepADatabase() throws SQLException {
        loaded(Server.POSTGRESQL);
        as(verifier);
        List<String> before = everything();
        database.run(Server.POSTGRESQL.give(ABANDONED, verifier));
        String url = database.url().replace("/" + database.name(), "/" + ABANDONED);

        try (Connection behind = DriverManager.getConnection(url, verifier, "secret")) {
            assertThat(behind.isValid(5)).isTrue();
            Hw.Result result = hw.run("verify", "orders", "--kills", "0");

            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        }
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aDifferenceIsFoundThereToo(Server chosen) {
        loaded(chosen);
        as(verifier);
        hw.replace(
                "pipelines/orders.yml",
                "  load:",
                "  transform: {stages: [{name: dice, operations: [{sql: \"select * replace (random()::text as name) from {{ input }}\"}]}]}\n  load:");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out()).containsPattern("warehouse:orders +different +id=1 +name");
    }

    @Test
    void statementsOfAUsersStayInTheReplay() {
        loaded(Server.POSTGRESQL);
        as(verifier);
        hw.replace(
                "pipelines/orders.yml",
                "merge_keys: [id]}",
                "merge_keys: [id], before: \"CREATE TABLE IF NOT EXISTS strayed (id int)\"}");
        List<String> before = everything();

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void statementsOfAUsersAreRunInTheReplay() {
        loaded(Server.POSTGRESQL);
        as(verifier);
        hw.replace("pipelines/orders.yml", "merge_keys: [id]}", "merge_keys: [id], before: \"SELECT 1 / 0\"}");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isNotZero();
        assertThat(result.out() + result.err()).contains("division by zero");
    }

    @Test
    void statementsThatCouldReachOtherDatabasesAreRefused() {
        loaded(Server.MYSQL);
        as(verifier);
        hw.replace(
                "pipelines/orders.yml",
                "merge_keys: [id]}",
                "merge_keys: [id], before: \"CREATE TABLE IF NOT EXISTS strayed (id int)\"}");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
        assertThat(result.err()).contains("load.before and load.after run statements of yours", "not yet");
    }

    @Test
    void anotherPlaceIsOfTheSameKind() {
        loaded(Server.POSTGRESQL);
        as(verifier);

        assertThat(hw.run("verify", "orders", "--in", "landing").err())
                .contains("--in names landing (files) (allowed: one of type postgresql)");
        assertThat(hw.run("verify", "orders", "--in", "nowhere").err())
                .contains("there is no connection 'nowhere' (connections: landing, warehouse, scratch)");
    }

    @Test
    void aLivingVerificationKeepsItsDatabases() throws SQLException {
        loaded(Server.POSTGRESQL);
        as(verifier);
        String run = ABANDONED.substring("hw_verify_".length(), ABANDONED.length() - "_1".length());
        database.run(Server.POSTGRESQL.give(ABANDONED, verifier));
        try (Connection living = database.connect();
                Statement statement = living.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(1752659558, " + (run.hashCode() & Integer.MAX_VALUE) + ")");

            Hw.Result result = hw.run("verify", "orders", "--kills", "0");

            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            assertThat(database.texts(Server.POSTGRESQL.databases)).contains(ABANDONED);
        } finally {
            database.run("DROP DATABASE " + ABANDONED);
        }
    }
}
