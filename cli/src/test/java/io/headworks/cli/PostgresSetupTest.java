package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user with the printed rights and no other does all that the project's pipelines ask for. */
final class PostgresSetupTest {
    @TempDir
    Path folder;

    private TestDatabase database;
    private String user;
    private Hw hw;

    @BeforeEach
    void project() {
        database = TestPostgres.shared().newDatabase();
        user = "loader of " + database.name();
        database.run(
                "CREATE ROLE \"" + user + "\" LOGIN PASSWORD 'x'",
                "REVOKE ALL ON DATABASE " + database.name() + " FROM PUBLIC",
                "CREATE TABLE theirs (id bigint, name text, _hw_run bigint, _hw_loaded_at timestamptz)",
                "CREATE TABLE secret AS SELECT 1 AS id");
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: landing}
                  dw: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: "%s", password: "${file:password}"}
                """.formatted(database.port(), database.name(), user));
        hw.write("password", "x");
        hw.write("landing/rows.csv", "id,name\n1,one\n2,two\n");
        pipeline("a", "theirs", "strategy: merge, merge_keys: [id]");
        pipeline("b", "marts.ours", "strategy: upsert, merge_keys: [id]");
        pipeline("c", "whole", "strategy: truncate-reload");
    }

    private void pipeline(String name, String table, String load) {
        hw.write("pipelines/" + name + ".yml", """
                pipeline:
                  name: %s
                  extract: {connection: landing, path: "*.csv", columns: {id: bigint, name: text}}
                  load: {connection: dw, table: %s, %s}
                """.formatted(name, table, load));
    }

    @AfterEach
    void drop() {
        database.run("DROP OWNED BY \"" + user + "\"", "DROP ROLE \"" + user + "\"");
        database.close();
    }

    private Hw.Result runAll() {
        hw.write("landing/rows.csv", "id,name\n1,one\n3,three" + System.nanoTime() + "\n");
        return hw.run("run", "--all");
    }

    @Test
    void thePrintedRightsAreEnoughAndNoMore() {
        assertThat(runAll().exitCode()).isNotZero();
        Hw.Result printed = hw.run("setup", "dw", "--print-sql");
        assertThat(printed.exitCode()).as(printed.err()).isZero();
        database.run(printed.out());

        for (int i = 0; i < 3; i++) {
            Hw.Result run = runAll();
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        }
        for (String table : List.of("theirs", "marts.ours", "whole")) {
            assertThat(database.texts("SELECT count(*) FROM " + table)).containsExactly("2");
        }
        assertThat(database.texts(
                        "SELECT has_table_privilege('" + user + "', 'secret', 'SELECT') OR has_database_privilege('"
                                + user + "', current_database(), 'CREATE') OR has_table_privilege('" + user
                                + "', 'headworks.ledger', 'DELETE')"))
                .containsExactly("f");
        database.run(printed.out());
    }
}
