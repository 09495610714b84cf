package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL of extracts, and statements around loads, as {@code hw validate} sees them. */
final class SourceSqlTest {
    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void project() {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  lite: {type: sqlite, path: shop.db}
                  duck: {type: duckdb, path: shop.duckdb}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
    }

    private Hw.Result validated(String extract, String load) {
        hw.write(
                "pipelines/orders.yml",
                "pipeline:\n  name: orders\n  extract: {" + extract
                        + "}\n  load: {connection: warehouse, table: orders," + " strategy: truncate-reload" + load
                        + "}\n");
        return hw.run("validate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "connection: landing, path: a.csv, where: \"amount >> \"|Cannot read SQL of extract.where",
                "connection: landing, path: a.csv, columns: [id], where: \"amount > 1\"|column 'amount' is not extracted (columns: id)",
                "connection: landing, path: a.csv, where: \"id in (select id from other)\"|it reads other (allowed: a condition over the extracted columns)",
                "connection: lite, table: a, where: \"1 = 1) or (1 = 1\"|Cannot use extract.where: ')' closes nothing",
                "connection: lite, table: a, where: \"(1 = 1\"|'(' is never closed",
                "connection: lite, table: a, where: \"1 = 1; drop table a\"|it has a ';' (allowed: one condition)",
                "connection: lite, table: a, where: \"1 = 1 -- all\"|it has a comment",
                "connection: lite, table: a, where: \"name = 'x\"|a quote is never closed",
                "connection: lite, table: a, columns: [id], deletes: {when: \"gone\"}|column 'gone' is not extracted",
                "connection: lite, table: a, deletes: {when: \"gone = = 1\"}|Cannot read SQL of extract.deletes.when",
                "connection: lite, query: \"delete from a\"|it begins with 'delete' (allowed: a SELECT, which changes nothing)",
                "connection: lite, query: \"select 1; select 2\"|it has 2 statements (allowed: one)",
                "connection: duck, query: \"select frm x x x\"|Cannot read SQL of extract.query",
                "connection: duck, table: a, where: \"id >\"|Cannot read SQL of extract.where",
            })
    void isRefusedWithItsPlace(String extract, String message) {
        Hw.Result result = validated(extract, "");

        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.out()).contains("pipelines/orders.yml:3:", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "before: delete from a; delete from b|Cannot use load.before: it has 2 statements (allowed: one)",
                "after: commit work|Cannot use load.after: it begins with 'commit': the transaction is the load's",
                "after: select 'open|a quote is never closed",
            })
    void statementsAroundALoadAreOneEach(String statement, String message) {
        Hw.Result result = validated("connection: landing, path: a.csv", ", " + statement);

        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.out()).contains("pipelines/orders.yml:4:", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "connection: landing, path: '{day}/a.csv', columns: [id, note], where: \"day > '2024' and note <> ';--)'\"|",
                "connection: duck, table: a, columns: [id], where: \"other in (select x from y)\"|",
                "connection: lite, table: a, where: \"name glob '[a-z]*' and x in (select y from z)\"|",
                "connection: lite, table: a, columns: [id, s], deletes: {when: \"s.gone or id is null\"}|",
                "connection: lite, query: \"with r as (select 1 as id) select * from r;\"|",
                "connection: duck, query: \"from a select id\"|, after: \"insert into log values ('a;b') -- one; only\"",
            })
    void whatIsRightPasses(String extract, String load) {
        Hw.Result result = validated(extract, load == null ? "" : load);

        assertThat(result.exitCode()).as(result.out()).isZero();
    }

    @Test
    void aStatementMayStandInAFile() {
        hw.write("sql/after.sql", "-- keeps one row\ndelete from orders where id > 1;\n");
        assertThat(validated("connection: landing, path: a.csv", ", after: sql/after.sql")
                        .exitCode())
                .isZero();
        hw.write("sql/after.sql", "delete from orders; delete from others;\n");
        assertThat(validated("connection: landing, path: a.csv", ", after: sql/after.sql")
                        .out())
                .contains("Cannot use load.after: it has 2 statements");
    }
}
