package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys take, and how what they do not take is answered. */
class KeysTest {
    @TempDir
    Path folder;

    /** Messages for a pipeline whose extract, operation, load, check and other keys are as given; the rest is right. */
    private List<String> with(String part, String value) {
        String yaml = """
                pipeline:
                  name: a
                  OTHER
                  extract: {connection: landing, path: a.csv, EXTRACT}
                  transform: {stages: [{name: s, operations: [OPERATION]}]}
                  load: {connection: warehouse, table: a, LOAD}
                  quality_gates: {pre_load: [CHECK], post_load: [AFTER]}
                """;
        String filled = yaml.replace(part, value)
                .replace("LOAD}", "strategy: truncate-reload}")
                .replace(", EXTRACT}", "}")
                .replace("OPERATION", "trim: [x]")
                .replace("[CHECK]", "[]")
                .replace("[AFTER]", "[]")
                .replace("OTHER", "owner: me");
        return ProjectFolder.in(folder).with("p.yml", filled).messages().stream()
                .map(message -> message.replaceFirst("^p.yml:\\d+:\\d+: ", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "mergeKeys: [a]                 ~ unknown key 'mergeKeys' ~ write snake_case: merge_keys",
                "merge-keys: [a]                ~ unknown key 'merge-keys' ~ write snake_case: merge_keys",
            })
    void namesTheRightSpellingOfKeys(String load, String ignored, String hint) {
        assertThat(with("LOAD", "strategy: upsert, " + load))
                .singleElement()
                .asString()
                .endsWith("| " + hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "EXTRACT ~ strategy: incremental, lookback: 2 hours ~ Cannot use extract.lookback: '2 hours' is no look-back (allowed: a duration as 2h, or a number as 1000)",
                "EXTRACT ~ strategy: cdc ~ Cannot use extract.strategy: 'cdc' is not built yet (change data capture)",
                "EXTRACT ~ strategy: log-based ~ Cannot use extract.strategy: 'log-based' is not built yet (change data capture)",
                "EXTRACT ~ url: /v1/orders ~ Cannot use extract.url: not built yet (reading from HTTP)",
                "EXTRACT ~ table: t ~ Cannot use extract.path: it excludes table (allowed: one of table, query, path)",
                "EXTRACT ~ lookback: 2h ~ Cannot use extract.lookback: it has no effect with strategy full | write strategy: incremental",
                "EXTRACT ~ allow_empty: yes ~ Cannot use extract.allow_empty: 'yes' is no boolean (allowed: true, false)",
                "EXTRACT ~ 'allow_empty: \"true\"' ~ Cannot use extract.allow_empty: 'true' is no boolean (allowed: true, false) | write it without quotes",
                "EXTRACT ~ watermark_storage: x ~ Cannot use key 'watermark_storage' in extract: it is no longer used | positions are kept in the target's ledger: remove it",
                "EXTRACT ~ columns: {a: bigit} ~ Cannot use extract.columns.a: 'bigit' is no type (allowed: a type, as bigint, decimal(18,2), text, date, timestamp, struct(a bigint), text[])",
                "LOAD ~ strategy: truncate_reload ~ Cannot use load.strategy: 'truncate_reload' is not known (allowed: append, upsert, merge, truncate-reload, partition-swap, soft-delete, view) | write truncate-reload",
                "LOAD ~ strategy: view ~ Cannot use load.strategy: a view stores nothing, and an extract needs a table (allowed: in SQL models) | write truncate-reload or upsert",
                "LOAD ~ strategy: partition-swap ~ Cannot use load.strategy: partition-swap needs partition_key | add partition_key: {column: order_date, by: month}",
                "LOAD ~ strategy: upsert, deletes: apply ~ Cannot use load.deletes: 'apply' makes no sense with strategy upsert (allowed: ignore) | write strategy: merge",
                "LOAD ~ strategy: upsert, scd: {default: 2} ~ Cannot use load.scd: strategy upsert keeps no history (allowed: merge) | write strategy: merge",
                "LOAD ~ strategy: merge, scd: {default: 5} ~ Cannot use load.scd.default: '5' is no type of history (allowed: 1, 2, 3, 4, 6)",
                "LOAD ~ strategy: merge, scd: {default: 1, deletes: close} ~ Cannot use load.scd.deletes: 'close' needs versions, and no column is of type 2 or 6 (allowed: ignore, mark) | write deletes: mark",
                "LOAD ~ strategy: merge, deletes: mark, scd: 2 ~ Cannot use load.deletes: with scd it has no effect | write it in scd: scd.deletes",
                "LOAD ~ strategy: upsert, table: b ~ Cannot use key 'table' twice: lines 6 and 6 | remove one of them",
                "LOAD ~ strategy: merge, max_change: {min_rows: 5} ~ Cannot use load.max_change: it has no limit (allowed: deleted, changed) | add deleted: 30%",
                "LOAD ~ strategy: merge, max_change: {deleted: 0.3} ~ Cannot use load.max_change.deleted: '0.3' is no share (allowed: a percentage from 0% to 100%, as 30%)",
                "OPERATION ~ dedupe: {keys: [a]} ~ Cannot use transform.stages[0].operations[0].dedupe.keep: it needs 'by', what orders the rows of a key | add by: updated_at, or write keep: refuse",
                "OPERATION ~ to_utc: {a: Europe/Rom} ~ Cannot use transform.stages[0].operations[0].to_utc.a: 'Europe/Rom' is no time zone (allowed: a zone name, as Europe/Rome or UTC)",
                "OPERATION ~ {trim: [a], drop: [b]} ~ Cannot use transform.stages[0].operations[0]: it has 2 keys (allowed: one, the operation) | begin each operation with '- '",
                "OPERATION ~ hash: {salt: \"${var:x}\"} ~ Cannot use transform.stages[0].operations[0].hash.salt: variable 'x' is not declared | declare it under variables in headworks.yml",
                "CHECK ~ range: {column: a} ~ Cannot use quality_gates.pre_load[0].range: it has no bound (allowed: min, max, min_exclusive, max_exclusive)",
                "CHECK ~ accepted: {column: a, values: []} ~ Cannot use quality_gates.pre_load[0].accepted.values: the list is empty (allowed: at least one text)",
                "CHECK ~ accepted_values: {column: a, values: [b]} ~ Key 'accepted_values' is now accepted | write accepted",
                "CHECK ~ not_null: {columns: a, scope: table} ~ Cannot use quality_gates.pre_load[0].not_null: scope table makes no sense before the load (allowed: batch)",
                "CHECK ~ freshness: {column: a, within: 2h} ~ Cannot use quality_gates.pre_load[0].freshness: it runs after COMMIT and cannot stand before the load | move it to post_load",
                "CHECK ~ unique: {columns: a, on_fail: reject} ~ Cannot use quality_gates.pre_load[0].unique: on_fail reject makes no sense: only row checks before the load can reject rows (allowed: stop, record)",
                "AFTER ~ freshness: {column: a, within: 2h, on_fail: stop} ~ Cannot use quality_gates.post_load[0].freshness: on_fail stop makes no sense: it runs after COMMIT and never keeps data out (allowed: record)",
                "AFTER ~ volume: {change: 50%} ~ Cannot use quality_gates.post_load[0].volume.change: change and against go together | write {change: 50%, against: 7d}",
                "AFTER ~ volume: {min: 5, change: 50%, against: 7d} ~ Cannot use quality_gates.post_load[0].volume.change: min and max stop a load, change is judged after COMMIT | write two checks: {min: 1000} and {change: 50%, against: 7d}",
                "AFTER ~ volume: {change: 50%, against: 7d, where: a > 1} ~ Cannot use quality_gates.post_load[0].volume: where makes no sense with volumes of runs that ended: whole runs are looked at | write per: table, or remove where",
                "LOAD ~ strategy: upsert, merge_keys: id, schema_changes: discard-row ~ Cannot use load: schema_changes: discard-row puts rows into the dead letter, and error_handling keeps none | write error_handling: {strategy: dead-letter}",
                "LOAD ~ strategy: upsert, merge_keys: id, schema_changes: {tables: discard-row} ~ Cannot use load.schema_changes.tables: 'discard-row' is not known (allowed: evolve, freeze)",
                "AFTER ~ volume: {min: 5, max: 4} ~ Cannot use quality_gates.post_load[0].volume: min 5 is above max 4",
                "OTHER ~ 'schedule: 15 * * *' ~ Cannot use schedule: '15 * * *' is no schedule (allowed: a cron expression as \"15 * * * *\", manual, after-inputs, on-files, on-webhook)",
                "OTHER ~ resources: {memory: 2} ~ Cannot use resources.memory: '2' is no size (allowed: a number and KB, MB, GB, TB, KiB, MiB, GiB or TiB, as 2GB)",
                "OTHER ~ tier: 4 ~ Cannot use tier: '4' is no integer (allowed: a whole number, 1 to 3)",
                "OTHER ~ error_handling: {strategy: [fail-fast, dead-letter]} ~ Cannot use error_handling.strategy: fail-fast and dead-letter exclude one another",
                "OTHER ~ error_handling: {alert_channels: ops} ~ Cannot use error_handling.alert_channels: 'ops' is not known (allowed: none is declared) | declare it under alert_channels in headworks.yml",
                "OTHER ~ clustering_keys: [a] ~ Cannot use key 'clustering_keys' in pipeline: it is not known (allowed: name, owner, description, schedule, sla_minutes, tier, tags, resources, extract, transform, load, quality_gates, error_handling, overrides) | it belongs in load",
                "OTHER ~ overrides: {} ~ Cannot use overrides: there is one table only | write extract.tables, or take it out",
                "OTHER ~ owner: ~ Cannot use owner: it is empty (allowed: text)",
            })
    void answersWithWhatIsWrongWhatIsAllowedAndWhatToWrite(String part, String value, String message) {
        String yaml = value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
        assertThat(with(part, yaml)).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "EXTRACT ~ columns: [no, 1_000]",
                "EXTRACT ~ strategy: incremental",
                "EXTRACT ~ strategy: incremental, incremental_key: d, lookback: 2h, settle: 5m, null_keys: every-run",
                "EXTRACT ~ slice: {by: d, every: 1mo, start: 2024-01-01, timezone: Europe/Rome}",
                "LOAD ~ strategy: partition-swap, partition_key: d",
                "LOAD ~ strategy: merge, deletes: mark, audit_columns: none, schema_changes: {tables: freeze}",
                "LOAD ~ strategy: soft-delete, merge_keys: id, order_by: [a, b], clustering_keys: c",
                "OPERATION ~ cast: {a: {to: bigint, on_error: set-null, round: allow}}",
                "OPERATION ~ lookup: {table: a, match: {b: b}, take: {c: d}, missing: keep}",
                "OPERATION ~ unnest: items",
                "OPERATION ~ parse_json: {a: \"struct(x bigint)\"}",
                "OPERATION ~ mask: {card: last4}",
                "OPERATION ~ sql: {file: \"select 1 from {{ input }}\", dialect: duckdb}",
                "CHECK ~ not_null: [a, b]",
                "CHECK ~ range: {column: a, min_exclusive: 0, max: 22:22, warn_above: 10, where: \"b > 1\"}",
                "AFTER ~ schema: {columns: {a: bigint}, extra: allow}",
                "AFTER ~ references: {columns: [a, b], to: \"a(c, d)\"}",
                "AFTER ~ volume: {min: 1, per: table}",
                "AFTER ~ sql: {name: x, rows: \"select * from {{ table }}\"}",
                "OTHER ~ schedule: {cron: \"*/5 0-6 1,15 jan-mar mon\", timezone: Europe/Rome, catch_up: all}",
                "OTHER ~ schedule: after-inputs",
                "OTHER ~ error_handling: {strategy: [dead-letter, skip-and-alert], max_rejected: 100, max_retries: 0}",
            })
    void takes(String part, String value) {
        assertThat(with(part, value)).isEmpty();
    }
}
