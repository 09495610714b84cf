package io.headworks.core.spec.loading;

import static io.headworks.core.spec.loading.ProjectFolder.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Look-ups in tables of this project: what their pipelines say of them is known before anything is opened. */
class LookupReviewTest {
    @TempDir
    Path folder;

    private ProjectFolder project(String scd, String... lookups) {
        return loading("strategy: truncate-reload", "", scd, lookups);
    }

    private ProjectFolder loading(String load, String last, String scd, String... lookups) {
        StringBuilder operations = new StringBuilder();
        for (String lookup : lookups) {
            operations.append("              - lookup: ").append(lookup).append('\n');
        }
        operations.append(last.isEmpty() ? "" : "              - " + last + "\n");
        return new ProjectFolder(folder)
                .with("headworks.yml", HEAD + "  other: {type: duckdb, path: other.duckdb}\n")
                .with("dim.yml", """
                        pipeline:
                          name: dim
                          extract: {connection: landing, path: dim.csv}
                          load: {connection: warehouse, table: dim, strategy: merge, merge_keys: [k], %s}
                        """.formatted(scd))
                .with("fct.yml", """
                        pipeline:
                          name: fct
                          extract: {connection: landing, path: fct.csv}
                          transform:
                            stages:
                              - name: enrich
                                operations:
                        %s  load: {connection: warehouse, table: fct, %s}
                        """.formatted(operations, load));
    }

    @Test
    void asOfIsRequiredWithHistoryAndRefusedWithout() {
        assertThat(project(
                                "scd: 2",
                                "{table: dim, match: {k: k}, take: [sk]}",
                                "{table: dim, match: {k: k}, as_of: at, take: [sk]}")
                        .messages())
                .containsExactly("fct.yml:8:33: Cannot use transform.stages[0].operations[0].lookup: dim keeps history,"
                        + " and as_of is missing | say which version is meant: as_of: the column with the time of a"
                        + " row, or as_of: now");
        assertThat(project(
                                "scd: 1",
                                "{table: dim, match: {k: k}, as_of: now, take: [sk]}",
                                "{table: dim, match: {k: k}, take: [sk]}")
                        .messages())
                .containsExactly(
                        "fct.yml:8:33: Cannot use transform.stages[0].operations[0].lookup.as_of: dim has one"
                                + " row for each key, and no versions | take as_of out, or keep versions in dim: load: {scd: 2}");
    }

    @Test
    void membersAreInferredWhereTheirPipelineCanCompleteThem() {
        assertThat(project(
                                "scd: 1",
                                "{table: dim, match: {k: k}, take: [sk], missing: infer}",
                                "{table: dim, match: {k: other}, take: [sk2], missing: infer}",
                                "{table: \"other:dim\", match: {k: k}, take: [sk3], missing: infer}")
                        .messages())
                .containsExactly(
                        "fct.yml:9:33: Cannot use transform.stages[0].operations[1].lookup.match: members are inferred"
                                + " by their keys, and match does not name these (load.merge_keys of dim: k) | match"
                                + " all of them and no other column",
                        "fct.yml:10:33: Cannot use transform.stages[0].operations[2].lookup.missing: no pipeline of"
                                + " this project writes other:dim, and nobody would complete its members | say missing:"
                                + " unknown");
        assertThat(project("order_by: at", "{table: dim, match: {k: k}, take: [sk], missing: infer}")
                        .messages())
                .containsExactly("fct.yml:8:33: Cannot use transform.stages[0].operations[0].lookup.missing: dim keeps"
                        + " no history, and could not tell members that are inferred | load dim with strategy: merge"
                        + " and scd: 1 (or 2), or say missing: unknown");
    }

    @Test
    void rowsThatAreLoadedAreFoundAndCorrectedByWhatReachesTheTable() {
        assertThat(project("scd: 2", "{table: dim, match: {k: k}, as_of: at, take: [sk], rekey: 90d}")
                        .messages())
                .containsExactly(
                        "fct.yml:8:33: Cannot use transform.stages[0].operations[0].lookup.rekey: rows that are"
                                + " loaded are corrected by load.merge_keys, and there are none | take rekey out, or change what"
                                + " is against it");
        ProjectFolder project = loading(
                "strategy: upsert, merge_keys: [id]",
                "rename: {k: other}",
                "scd: 2",
                "{table: dim, match: {k: k}, as_of: now, take: [sk], missing: keep, rekey: 90d}");
        assertThat(project.codes()).hasSize(2);
        assertThat(project.messages())
                .anySatisfy(message -> assertThat(message).contains("lookup.rekey: it needs as_of: a column"))
                .anySatisfy(message -> assertThat(message)
                        .contains("lookup.rekey: rename changes k after it, and rows that are loaded are found"));
    }
}
