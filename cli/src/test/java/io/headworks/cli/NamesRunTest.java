package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any legal name survives, from every source into every kind of target, also where the target cannot have it. */
final class NamesRunTest {
    private static final String BEGINNING =
            "a column whose name is so long that no other database than few can keep it: ";
    private static final String FIRST = BEGINNING + "the first of the two";
    private static final String SECOND = BEGINNING + "the second of the two";
    private static final String TABLE = "a_table_whose_name_is_longer_than_sixty_four_characters_as_some_have_them";
    private static final List<String> NAMES = List.of(
            "key",
            "😀",
            "double \" quote",
            "single ' quote",
            "back ` tick",
            "two words",
            "a.b",
            "select",
            "größe",
            "end ",
            FIRST,
            SECOND);

    @TempDir
    Path folder;

    private Hw hw;
    private TestDatabase postgres;
    private TestDatabase maria;

    @BeforeEach
    void project() throws SQLException {
        hw = new Hw(folder);
        postgres = TestPostgres.shared().newDatabase();
        maria = TestMariaDb.shared().newDatabase();
        hw.write("pg.txt", postgres.password());
        hw.write("my.txt", maria.password());
        hw.write("headworks.yml", """
                project: {name: names, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a24}
                connections:
                  from: {type: sqlite, path: from.sqlite}
                  duck: {type: duckdb, path: to.duckdb}
                  lite: {type: sqlite, path: to.sqlite}
                  lake: {type: parquet, path: lake}
                """ + server("pg", "postgresql", postgres) + server("my", "mysql", maria));
        odd("CREATE TABLE odd (" + list(" INTEGER") + ", PRIMARY KEY (key))");
        odd("INSERT INTO odd VALUES (" + values(1) + "), (" + values(2) + ")");
    }

    @AfterEach
    void drop() {
        postgres.close();
        maria.close();
    }

    private static String server(String name, String type, TestDatabase database) {
        return "  " + name + ": {type: " + type + ", host: 127.0.0.1, port: " + database.port() + ", database: "
                + database.name() + ", user: " + database.user() + ", password: \"${file:" + name + ".txt}\"}\n";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String list(String behind) {
        return NAMES.stream()
                .map(name -> quoted(name) + behind)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    /** The value of a column is the row's number in the hundreds and its own place. */
    private static String values(int row) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < NAMES.size(); i++) {
            values.append(i == 0 ? row : ", " + (row * 100 + i));
        }
        return values.toString();
    }

    private void odd(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("from.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void pipeline(String target) {
        hw.write("pipelines/odd.yml", """
                pipeline:
                  name: odd
                  extract: {connection: from, table: odd, strategy: incremental, incremental_key: "%2$s"}
                  load: {connection: %1$s, table: "%4$s", strategy: merge, merge_keys: ["%3$s", key]}
                  error_handling: {strategy: dead-letter, max_rejected: 50%%}
                  quality_gates:
                    pre_load: [{range: {column: "😀", max: 900, on_fail: reject}}]
                    post_load: [{not_null: "%3$s"}, {not_null: "😀"}, {unique: "%2$s"}]
                """.formatted(target, FIRST, SECOND, TABLE));
        hw.write("pipelines/reader.yml", """
                pipeline:
                  name: reader
                  extract: {connection: from, table: odd, columns: [key]}
                  transform:
                    stages:
                      - name: add
                        operations:
                          - lookup: {table: "%1$s:%2$s", match: {key: key}, take: ["%3$s", "😀"], missing: keep}
                  load: {connection: duck, table: read, strategy: truncate-reload}
                """.formatted(target, TABLE, SECOND));
    }

    private void run(String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private List<String> rows(String target) {
        return hw.rows("SELECT " + list("") + " FROM \"" + target + ":" + TABLE + "\" ORDER BY 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg", "my", "duck", "lite", "lake"})
    void ofAnyKindAreLoadedComparedCheckedAndReadAgain(String target) throws SQLException {
        pipeline(target);
        run("run", "odd");
        assertThat(rows(target)).containsExactly(row(1), row(2));
        odd("UPDATE odd SET \"two words\" = 7, " + quoted(FIRST) + " = 999 WHERE key = 2");
        odd("INSERT INTO odd VALUES (" + values(3) + "), (" + values(9) + ")");
        run("run", "odd");
        assertThat(rows(target)).hasSize(3).contains(row(1), row(3));
        assertThat(hw.rows("SELECT \"two words\", " + quoted(FIRST) + " FROM \"" + target + ":" + TABLE
                        + "\" WHERE key = 2"))
                .containsExactly("[7,999]");
        assertThat(hw.run("deadletter", "list", "odd").out()).contains("1");
        odd("ALTER TABLE odd ADD COLUMN " + quoted(BEGINNING + "a third") + " INTEGER");
        odd("UPDATE odd SET " + quoted(BEGINNING + "a third") + " = 5, " + quoted(FIRST) + " = 1000 WHERE key = 2");
        run("run", "odd");
        assertThat(hw.rows("SELECT " + quoted(BEGINNING + "a third") + " FROM \"" + target + ":" + TABLE
                        + "\" WHERE key = 2"))
                .containsExactly("[5]");
        run("run", "reader");
        assertThat(hw.rows("SELECT key, " + quoted(SECOND) + ", \"😀\" FROM \"duck:read\" WHERE key < 9 ORDER BY 1"))
                .containsExactly("[1,111,101]", "[2,211,201]", "[3,311,301]");
    }

    private static String row(int number) {
        return "[" + values(number).replace(" ", "") + "]";
    }

    @Test
    void thatATargetCannotHaveAreShownBeforeAndAfter() {
        pipeline("my");
        Hw.Result first = hw.run("plan", "odd");
        assertThat(first.out() + first.err())
                .contains("store the table as a_table_whose_name_is_longer_than_sixty_four_characters_")
                .contains("store column 😀 as __")
                .contains("store column " + SECOND + " as a column whose name is so long that no other database t_");
        run("run", "odd");
        Hw.Result second = hw.run("plan", "odd");
        assertThat(second.out() + second.err())
                .contains("column '😀' as '__f0443a34'")
                .doesNotContain("store column");
        assertThat(String.valueOf(hw.json("plan", "odd"))).contains("column '😀' as '__f0443a34'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg", "my", "duck", "lite", "lake"})
    void thatDifferOnlyInCaseAreToldApartFromTheExtractOn(String target) {
        postgres.run(
                "CREATE TABLE alike (\"Id\" bigint PRIMARY KEY, \"ID\" text, id numeric(5,2), \"a 😀\" text)",
                "INSERT INTO alike VALUES (1, 'one', 1.5, 'x'), (2, 'two', 2.5, 'y')");
        hw.write("pipelines/alike.yml", """
                pipeline:
                  name: alike
                  extract: {connection: pg, table: alike}
                  load: {connection: %s, table: loaded, strategy: merge}
                  quality_gates: {post_load: [{unique: ID_3843971d}]}
                """.formatted(target));
        Hw.Result plan = hw.run("plan", "alike");
        assertThat(plan.out() + plan.err())
                .contains(
                        "columns of the source whose names differ only in case are called otherwise from here on: 'ID' as"
                                + " 'ID_3843971d', 'id' as 'id_a5614527'")
                .contains("remember that column id of the source is called id_a5614527");
        run("run", "alike");
        String all =
                "SELECT \"Id\", \"ID_3843971d\", \"id_a5614527\", \"a 😀\" FROM \"" + target + ":loaded\" ORDER BY 1";
        assertThat(hw.rows(all)).containsExactly("[1,\"one\",1.50,\"x\"]", "[2,\"two\",2.50,\"y\"]");

        if (target.equals("pg")) {
            assertThat(postgres.texts("SELECT \"Id\" || \"ID\" || id || \"a 😀\" FROM loaded ORDER BY 1"))
                    .containsExactly("1one1.50x", "2two2.50y");
        }
        postgres.run(
                "ALTER TABLE alike DROP CONSTRAINT alike_pkey",
                "ALTER TABLE alike ADD COLUMN \"iD\" text",
                "ALTER TABLE alike RENAME \"Id\" TO k",
                "ALTER TABLE alike ADD COLUMN \"Id\" bigint",
                "UPDATE alike SET \"Id\" = k, \"iD\" = 'new' || k",
                "ALTER TABLE alike DROP COLUMN k",
                "ALTER TABLE alike ADD PRIMARY KEY (\"Id\")",
                "UPDATE alike SET \"ID\" = 'changed' WHERE \"Id\" = 2");
        run("run", "alike");
        assertThat(hw.rows(all)).containsExactly("[1,\"one\",1.50,\"x\"]", "[2,\"changed\",2.50,\"y\"]");
        assertThat(String.valueOf(hw.json("query", "SELECT * FROM \"" + target + ":loaded\"")
                        .get("columns")))
                .contains("name=Id,", "name=ID_3843971d,", "name=id_a5614527,", "name=iD_");
    }
}
