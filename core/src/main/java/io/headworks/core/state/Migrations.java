package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a state to the present version: one list of statements per version, never changed once released, in the words
 * of {@link StateHome#definition}. Machines that share a state may still run an older program that has it open: columns
 * are only added, and have a default.
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
            List.of("alter table check_result add column environment text not null default ''"),
            List.of(
                    "alter table run add column host text not null default ''",
                    "alter table run add column machine text not null default ''",
                    "alter table run add column lease_until integer not null default 0"),
            List.of(
                    "alter table slice add column definition text not null default ''",
                    """
            create table slice_turn (
              environment text not null, pipeline text not null, dataset text not null, changes integer not null,
              primary key (environment, pipeline, dataset)) without rowid
            """,
                    """
            create table slice_loaded (
              environment text not null, pipeline text not null, dataset text not null, range_from text not null,
              range_to text not null, definition text not null, run_id text not null, slices integer, rows integer,
              primary key (environment, pipeline, dataset, range_from)) without rowid
            """,
                    """
            create table slice_failed (
              environment text not null, pipeline text not null, dataset text not null, range_from text not null,
              range_to text not null, run_id text not null,
              primary key (environment, pipeline, dataset, range_from, range_to)) without rowid
            """,
                    """
            create table backfill (
              backfill_id text primary key, environment text not null, status text not null, document text not null,
              stop integer not null, place text not null, host text not null, machine text not null,
              pid integer not null, process_started_at text not null, lease_until integer not null)
            """,
                    "create index backfill_open on backfill (status) where status = 'running'"),
            List.of(
                    "alter table check_result add column value text",
                    """
            create table incident (
              incident_id text primary key, environment text not null, pipeline text not null, dataset text not null,
              name text not null, rule text not null, severity text not null, status text not null,
              run_id text not null, times integer not null, failing_rows integer not null, observed text,
              opened_at text not null, seen_at text not null, due_at text, closed_at text, closed_why text)
            """,
                    "create index incident_open on incident (environment, dataset, name) where status <> 'closed'"),
            List.of("""
            create table source_schema (
              environment text not null, pipeline text not null, source text not null, version integer not null,
              hash text not null, document text not null, first_seen text not null, last_seen text not null,
              first_run text not null, last_run text not null,
              primary key (environment, pipeline, source, version)) without rowid
            """),
            List.of(
                    """
            create table schedule_slot (
              slot_id text primary key, environment text not null, pipeline text not null, slot text not null,
              due_at text not null, tier integer not null, cause text not null, status text not null,
              attempt integer not null, skips integer not null, stop integer not null, late_after text,
              late_at text, queued_at text not null, started_at text, ended_at text, outcome text,
              exit_code integer, run_id text, message text, host text not null, machine text not null,
              pid integer not null, process_started_at text not null, lease_until integer not null)
            """,
                    "create unique index schedule_slot_once on schedule_slot (environment, pipeline, slot)",
                    "create index schedule_slot_open on schedule_slot (environment, due_at) where status <> 'done'",
                    """
            create table schedule_cursor (
              environment text not null, pipeline text not null, definition text not null,
              evaluated_to text not null, seen text not null,
              primary key (environment, pipeline)) without rowid
            """,
                    """
            create table scheduler (
              environment text primary key, started_at text not null, host text not null, machine text not null,
              pid integer not null, process_started_at text not null, lease_until integer not null)
            """),
            List.of(
                    "create index run_by_environment on run (environment, pipeline, run_id)",
                    """
            create table api_token (
              token_id text primary key, name text not null, role text not null, hash text not null,
              created_at text not null, created_by text not null, expires_at text, revoked_at text)
            """,
                    "create unique index api_token_by_hash on api_token (hash)",
                    """
            create table audit (
              audit_id text primary key, happened_at text not null, who text not null, role text not null,
              action text not null, subject text not null, outcome text not null, address text not null)
            """,
                    """
            create table request_key (
              who text not null, name text not null, fingerprint text not null, asked_at text not null,
              answer text, primary key (who, name)) without rowid
            """));

    private final StateDatabase state;
    private final StateHome home;

    Migrations(StateDatabase state) {
        this.state = state;
        this.home = state.home();
    }

    void run() {
        if (!isPresent()) {
            state.inTransaction(this::migrate);
        }
    }

    /**
     * True when the tables are of this program's version, false when they are older.
     *
     * @throws HeadworksException of kind PROJECT when they are newer
     */
    boolean isPresent() {
        int version = version();
        if (version > VERSIONS.size()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use " + home.place() + ": its version " + version + " is newer than this program's "
                            + VERSIONS.size(),
                    "use the newer program on this machine too");
        }
        return version == VERSIONS.size();
    }

    /** Read again inside the transaction: another process may have migrated meanwhile. */
    private void migrate() {
        state.onSession(session -> {
            home.lockDefinitions(session);
            return true;
        });
        int version = version();
        if (version < VERSIONS.size()) {
            state.script(statements(home, version));
        }
    }

    /** All that brings the tables from a version to the present one. */
    static List<String> statements(StateHome home, int version) {
        List<String> statements = new ArrayList<>();
        if (version == 0) {
            statements.addAll(home.preparation());
        }
        VERSIONS.subList(version, VERSIONS.size())
                .forEach(each -> each.forEach(sql -> statements.add(home.definition(sql))));
        statements.addAll(home.marking(VERSIONS.size()));
        return statements;
    }

    private int version() {
        return state.onSession(home::version);
    }
}
