package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose state is on a PostgreSQL server, from two folders as from two machines. */
final class SharedStateTest {
    private static final String PIPELINE = """
            extract: {connection: landing, path: "orders*.csv", strategy: incremental}
            load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
            """;

    @TempDir
    Path folder;

    private TestDatabase database;
    private Hw one;
    private Hw other;

    @BeforeEach
    void twoMachines() {
        database = TestPostgres.shared().newDatabase();
        one = machine("one");
        other = machine("other");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private Hw machine(String name) {
        Shop shop = new Shop(folder.resolve(name), "duckdb").pipeline(PIPELINE).rows("orders1.csv", 1, 6);
        shop.hw().write("headworks.yml", head(shop.hw()) + state(""));
        shop.hw().write("password", database.password());
        return shop.hw();
    }

    private static String head(Hw hw) {
        try {
            return Files.readString(hw.folder().resolve("headworks.yml")).replaceAll("(?m)^state:.*\n", "");
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private String state(String more) {
        return "state: {type: postgresql, host: %s, port: %d, database: %s, user: %s, password: \"${file:password}\"%s}\n"
                .formatted(database.host(), database.port(), database.name(), database.user(), more);
    }

    @Test
    void whatOneRunsTheOtherSees() {
        Hw.Result run = one.run("run", "orders");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(one.folder().resolve(".headworks/state.db")).doesNotExist();

        assertThat(other.run("runs").out()).contains("orders", "unverified");
        assertThat(other.run("log", "orders").out()).contains("6 inserted");
        assertThat(other.run("status").out()).contains("unverified");
        Map<?, ?> pipeline = (Map<?, ?>)
                ((List<?>) Objects.requireNonNull(other.json("status").get("pipelines"))).get(0);
        assertThat(String.valueOf(pipeline.get("position"))).contains("1 file");
    }

    @Test
    void itIsCopiedRebuiltAndPurged() {
        one.run("run", "orders");
        one.run("run", "orders");

        Hw.Result backup =
                one.run("state", "backup", one.folder().resolve("copy.db").toString());
        assertThat(backup.out()).contains("wrote ");
        assertThat(one.folder().resolve("copy.db")).isNotEmptyFile();
        assertThat(one.run("state", "purge", "--keep", "0s").out()).contains("removed 1 runs");

        database.run("drop table headworks_state.run");
        Hw.Result broken = one.run("runs");
        assertThat(broken.exitCode()).as(broken.toString()).isEqualTo(1);
        assertThat(broken.err()).contains("it is damaged", "hw state rebuild");
        Hw.Result rebuilt = one.run("state", "rebuild");
        assertThat(rebuilt.out()).contains("rebuilt from 1 ledger rows", "schema headworks_state_kept_");
        assertThat(one.run("run", "orders").out()).contains("nothing to do");
        assertThat(other.run("runs").out()).contains("success");
    }

    /** A team that begins to share takes along what its file remembers. */
    @Test
    void whatAFileHeldGoesAlong() {
        String shared = head(one);
        one.write("headworks.yml", shared);
        assertThat(one.run("run", "orders").exitCode()).isZero();
        one.write("headworks.yml", shared + state(""));
        assertThat(one.run("runs").out()).contains("no run is kept");

        String file = one.folder().resolve(".headworks/state.db").toString();
        assertThat(one.run("state", "restore", file).out()).contains("restored 1 runs into the state at");
        assertThat(other.run("runs").out()).contains("unverified");
        assertThat(one.run("run", "orders").out()).contains("nothing to do");
    }

    @Test
    void thePasswordIsNeverSaid() {
        one.write("password", "wrong-password");
        for (String[] command : new String[][] {{"runs"}, {"run", "orders"}, {"state", "setup"}}) {
            Hw.Result refused = one.run(command);
            assertThat(refused.exitCode()).as(refused.toString()).isNotZero();
            assertThat(refused.out() + refused.err())
                    .contains("Cannot use the state at")
                    .doesNotContain("wrong-password");
        }
        assertThat(one.run("state", "setup", "--print-sql").out())
                .contains("CREATE SCHEMA \"headworks_state\"", "CREATE TABLE", "GRANT")
                .doesNotContain("wrong-password");
    }

    @Test
    void whatCannotBeUsedIsSaidWithItsPlace() {
        one.write("headworks.yml", head(one) + "state: {type: sqlite}\n");
        assertThat(one.run("runs").err())
                .contains("Cannot tell where the state is: headworks.yml:5:15", "(allowed: postgresql)");
        assertThat(one.run("validate").err() + one.run("validate").out()).contains("leave state out");

        one.write("headworks.yml", head(one) + state(", read_timeout: 5s"));
        assertThat(one.run("validate").out() + one.run("validate").err()).contains("read_timeout");

        one.write("headworks.yml", head(one) + state("").replace("${file:password}", "${env:NOT_SET_ANYWHERE}"));
        assertThat(one.run("runs").err()).contains("environment variable NOT_SET_ANYWHERE is not set");
    }

    /** Another project's folder with the same line is told so before it does anything. */
    @Test
    void itBelongsToOneProject() {
        one.run("run", "orders");
        other.replace("headworks.yml", "0192f3c4-7c1e", "1192f3c4-7c1e");

        Hw.Result refused = other.run("run", "orders");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err() + refused.out()).contains("it is that of project 0192f3c4-7c1e");
        assertThat(other.folder().resolve("warehouse.duckdb")).doesNotExist();
    }

    /** The rows are there and nobody remembers the run: that is no success, and the ledger knows. */
    @Test
    void aRunWhoseEndCannotBeRecordedIsNoSuccess() {
        one.run("run", "orders");
        database.run(
                "create function headworks_state.refuse() returns trigger language plpgsql as"
                        + " $$ begin if new.status = 'unverified' then raise exception 'no more room'; end if; return new; end $$",
                "create trigger refuse before insert or update on headworks_state.run for each row execute function"
                        + " headworks_state.refuse()");
        new Shop(one.folder(), "duckdb").rows("orders2.csv", 7, 9);
        one.write("headworks.yml", head(one) + state(""));

        Hw.Result run = one.run("run", "orders");
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains("partial", "no more room", "the target's ledger says");
        assertThat(one.rows("select count(*) from orders")).containsExactly("[9]");

        database.run("drop trigger refuse on headworks_state.run");
        assertThat(one.run("run", "orders").out()).contains("nothing to do");
    }
}
