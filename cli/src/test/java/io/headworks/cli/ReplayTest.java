package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw deadletter replay}: what comes back, and what it leaves behind. */
final class ReplayTest {
    private static final String MAKE = """
            pipeline:
              name: make
              extract: {connection: landing, path: "*.csv"}
              transform: {stages: [{name: shape, operations: [{sql: sql/shape.sql}]}]}
              load: {connection: lake, table: shapes, strategy: truncate-reload}
            """;
    private static final String SHAPE = """
            select id,
              case when id = 1 then interval '14 months -3 days 04:05:06.7' when id = 2 then interval '-1.5 seconds' end as span,
              [1.10::decimal(5,2), null] as list,
              {'a': 9007199254740993, 'b': [date '2024-02-29']} as nested,
              map {'k': 'nan'::double} as pairs,
              [interval '1 day'] as spans
            from {{ input }}
            """;
    private static final String COPY = """
            pipeline:
              name: copy
              extract: {connection: lake, table: shapes}
              load: {connection: warehouse, table: copied, strategy: upsert, merge_keys: [id]}
              quality_gates: {pre_load: [{accepted: {column: id, values: [IDS]}}]}
              error_handling: {strategy: dead-letter, max_rejected: 100%}
            """;
    private static final String ALL = "select id, span::varchar, list::varchar, nested::varchar, pairs::varchar,"
            + " spans::varchar from \"CONNECTION:TABLE\" order by id";

    @TempDir
    Path folder;

    private Hw project(String environments) {
        Hw hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  lake: {type: duckdb, path: lake.duckdb}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """ + environments);
        hw.write("data/1.csv", "id\n1\n2\n3\n");
        hw.write("sql/shape.sql", SHAPE);
        hw.write("pipelines/make.yml", MAKE);
        hw.write("pipelines/copy.yml", COPY.replace("IDS", "9"));
        return hw;
    }

    @Test
    void nestedValuesAndIntervalsComeBackExactly() {
        Hw hw = project("");
        assertThat(hw.run("run", "make").exitCode()).isZero();
        Hw.Result run = hw.run("run", "copy");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(hw.rows("select count(*) from copied")).containsExactly("[0]");
        hw.write("pipelines/copy.yml", COPY.replace("IDS", "1, 2, 3"));

        Hw.Result replay = hw.run("deadletter", "replay", "copy");

        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        assertThat(hw.rows(ALL.replace("CONNECTION", "warehouse").replace("TABLE", "copied")))
                .hasSize(3)
                .isEqualTo(hw.rows(ALL.replace("CONNECTION", "lake").replace("TABLE", "shapes")));
        assertThat(hw.run("deadletter", "list").out()).contains("no row waits");
    }

    @Test
    void auditColumnsOfATableThatIsReadAgainAreNotTaken() {
        Hw hw = project("");
        hw.write("pipelines/copy.yml", COPY.replace("IDS", "1, 2, 3"));
        assertThat(hw.run("run", "make").exitCode()).isZero();
        assertThat(hw.run("run", "make", "--full-refresh").exitCode()).isZero();

        assertThat(hw.run("plan", "copy").out()).contains("columns that begin with _hw_ are left out");
        assertThat(hw.run("run", "copy").exitCode()).isZero();

        assertThat(hw.rows("select distinct _hw_run from \"lake:shapes\"")).containsExactly("[2]");
        assertThat(hw.rows("select distinct _hw_run from \"warehouse:copied\"")).containsExactly("[1]");
    }

    @Test
    void otherAuditColumnsThatAreReadAgainAreRefusedInWords() {
        Hw hw = project("");
        String own = "audit_columns: {run: load_id, loaded_at: at}}";
        hw.write("pipelines/make.yml", MAKE.replace("truncate-reload}", "truncate-reload, " + own));
        hw.write("pipelines/copy.yml", COPY.replace("merge_keys: [id]}", "merge_keys: [id], " + own));
        assertThat(hw.run("run", "make").exitCode()).isZero();

        Hw.Result run = hw.run("run", "copy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains("Cannot upsert into copied: column 'load_id' of the source is also the load's audit column");
    }

    @Test
    void aForcedReplayPrintsAndRecordsItsReason() {
        Hw hw = project("environments: {prod: {default: true, guard: true}}\n");
        assertThat(hw.run("deadletter", "replay", "copy").exitCode()).isEqualTo(8);
        assertThat(hw.run("deadletter", "replay", "copy", "--force", " ").exitCode())
                .as("a reason that says nothing")
                .isEqualTo(8);
        assertThat(hw.run("run", "make", "copy", "--force", "set up").exitCode())
                .isZero();
        hw.write("pipelines/copy.yml", COPY.replace("IDS", "1, 2, 3"));

        Hw.Result replay = hw.run("deadletter", "replay", "copy", "--force", "codes corrected, ticket 7");

        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.out()).contains("replayed by force: codes corrected, ticket 7");
        assertThat(hw.run("log", "copy", "--output", "json").out())
                .contains("\"trigger\" : \"replay, forced: codes corrected, ticket 7\"");
        assertThat(hw.rows(
                        "select kind from \"warehouse:headworks.ledger\" where pipeline = 'copy' order by run_number"))
                .containsExactly("[\"live\"]", "[\"repair\"]");
    }
}
