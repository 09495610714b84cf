package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.List;

/**
 * Brings a state file to the present version: one list of statements per version, never changed once released. The
 * version stands in the file's header, so that a file that fits costs nothing.
 */
final class Migrations {
    private static final List<List<String>> VERSIONS = List.of(
            List.of(
                    """
            create table run (
              run_id text primary key, pipeline text not null, dataset text not null, environment text not null,
              status text not null, started_at text not null, completed_at text, exit_code integer not null,
              pid integer not null, process_started_at text not null, document text not null)
            """,
                    "create index run_by_pipeline on run (pipeline, run_id)",
                    "create index run_open on run (status) where status in ('queued', 'running')",
                    "create table plan (run_id text primary key, document text not null)",
                    """
            create table check_result (
              run_id text not null, dataset text not null, name text not null, rule text not null,
              severity text not null, status text not null, rows integer not null, failing_rows integer not null,
              observed text, checked_at text not null, primary key (run_id, name)) without rowid
            """,
                    "create index check_by_dataset on check_result (dataset, name, checked_at)",
                    """
            create table position (
              environment text not null, pipeline text not null, dataset text not null, run_id text not null,
              run_number integer not null, position text, committed_at text not null,
              primary key (environment, pipeline, dataset)) without rowid
            """,
                    """
            create table slice (
              environment text not null, pipeline text not null, dataset text not null, slice_from text not null,
              slice_to text not null, run_id text not null, plan_hash text not null, rows integer not null,
              committed_at text not null,
              primary key (environment, pipeline, dataset, slice_from, slice_to)) without rowid
            """),
            List.of("alter table check_result add column environment text not null default ''"));

    private final StateDatabase state;

    Migrations(StateDatabase state) {
        this.state = state;
    }

    void run() {
        int version = version();
        if (version > VERSIONS.size()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use the state file " + state.file() + ": its version " + version
                            + " is newer than this program's " + VERSIONS.size(),
                    "use the newer program, or move the file aside and run hw state rebuild");
        }
        if (version < VERSIONS.size()) {
            state.inTransaction(this::migrate);
        }
    }

    /** Read again inside the transaction: another process may have migrated meanwhile. */
    private void migrate() {
        state.script(List.of("create table if not exists migrating (taken integer)", "drop table migrating"));
        for (int version = version(); version < VERSIONS.size(); version++) {
            state.script(VERSIONS.get(version));
            state.script(List.of("pragma user_version = " + (version + 1)));
        }
    }

    private int version() {
        return state.query("pragma user_version", row -> row.getInt(1)).get(0);
    }
}
