package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw diff} of a file and the table that a run made of it. */
final class DiffTest {
    private static final String COLUMNS =
            "{id: bigint, name: text, amount: \"decimal(12,2)\", weight: double, at: timestamp}";

    @TempDir
    Path folder;

    private Shop shop;
    private Hw hw;

    @BeforeEach
    void load() {
        shop = new Shop(folder, "duckdb")
                .pipeline(
                        "extract: {connection: landing, path: orders.csv, columns: " + COLUMNS + "}",
                        "load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}");
        hw = shop.hw();
        file("1,Ada,10.50,0.1,2026-01-01 10:00:00", "2,Grace,20,1e300,2026-01-02 10:00:00.5", "3,,,,");
        Hw.Result run = shop.run();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private void file(String... rows) {
        shop.file("orders.csv", "id,name,amount,weight,at\n" + String.join("\n", rows));
    }

    private Map<String, Object> document(int exitCode, String... arguments) {
        String[] all = java.util.stream.Stream.of(List.of("diff"), List.of(arguments), List.of("--output", "json"))
                .flatMap(List::stream)
                .toArray(String[]::new);
        Hw.Result result = hw.run(all);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result.document();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> document, String key) {
        return (Map<String, Object>) Objects.requireNonNull(document.get(key));
    }

    @Test
    void aTableEqualsTheFileItWasLoadedFrom() {
        Map<String, Object> document = document(0, "landing:orders.csv", "orders");
        assertThat(document)
                .containsEntry("status", "equal")
                .containsEntry("equal_rows", 3L)
                .containsEntry("different_buckets", 0L)
                .containsEntry("key", List.of("id"))
                .containsEntry("key_from", "merge keys of pipeline orders")
                .containsEntry("columns_left_out", List.of("_hw_run", "_hw_loaded_at"));
        Hw.Result text = hw.run("diff", "landing:orders.csv", "warehouse:orders");
        assertThat(text.out())
                .contains("landing:orders.csv, 3 rows", "equal             3")
                .endsWith("equal\n");
    }

    @Test
    void everyKindOfDifferenceIsCountedShownAndExported() throws IOException {
        file("1,Ada,10.51,0.1,2026-01-01 10:00:00", "2,grace,20,1e300,2026-01-02 10:00:00.25", "4,,,,");
        Path export = folder.resolve("all.csv");
        Map<String, Object> document =
                document(1, "landing:orders.csv", "orders", "--limit", "2", "--export", export.toString());
        assertThat(document)
                .containsEntry("status", "different")
                .containsEntry("equal_rows", 0L)
                .containsEntry("different_rows", 2L)
                .containsEntry("more", true);
        assertThat(part(document, "a").get("only_here")).isEqualTo(1L);
        assertThat(part(document, "b").get("only_here")).isEqualTo(1L);
        assertThat(((List<?>) Objects.requireNonNull(document.get("sample"))).toString())
                .isEqualTo("[{kind=different, key={id=1}, columns=[{name=amount, a=10.51, b=10.50}]},"
                        + " {kind=different, key={id=2}, columns=[{name=name, a=grace, b=Grace},"
                        + " {name=at, a=2026-01-02 10:00:00.25, b=2026-01-02 10:00:00.5}]}]");
        assertThat(Files.readString(export)).isEqualTo("""
                hw_difference,id,hw_column,hw_a,hw_b
                different,1,amount,10.51,10.50
                different,2,name,grace,Grace
                different,2,at,2026-01-02 10:00:00.25,2026-01-02 10:00:00.5
                only_in_b,3,,,
                only_in_a,4,,,
                """);
    }

    @Test
    void whatLiesWithinATolerancePasses() {
        file("1,Ada,10.51,0.1000001,2026-01-01 10:00:01", "2,Grace,20,1e300,2026-01-02 10:00:00.5", "3,,,,");
        String[] all = {"landing:orders.csv", "orders", "--tolerance", "amount=0.01,weight=0.001,at=1s"};
        Map<String, Object> document = document(0, all);
        assertThat(document).containsEntry("equal_rows", 3L);
        assertThat((List<?>) document.get("rules"))
                .asString()
                .contains("amount: equal up to a distance of 0.01", "at: equal up to a distance of 1 seconds");
        file("1,Ada,10.52,0.1,2026-01-01 10:00:00", "2,Grace,20,1e301,2026-01-02 10:00:01.500001", "3,,,,");
        assertThat(document(1, all)).containsEntry("different_rows", 2L);
    }

    @Test
    void rowsWithoutAKeyOfTheirOwnAreNotPairedInSilence() {
        shop.file("twice.csv", "id,name\n1,a\n1,b\n,c\n2,d");
        shop.file("once.csv", "id,name\n1,a\n2,d");
        Map<String, Object> document = document(1, "landing:twice.csv", "landing:once.csv", "--key", "id");
        assertThat(part(document, "a"))
                .containsEntry("repeated_keys", 1L)
                .containsEntry("unpaired_rows", 2L)
                .containsEntry("null_keys", 1L);
        assertThat(part(document, "b")).containsEntry("repeated_keys", 0L).containsEntry("unpaired_rows", 1L);
        assertThat(document).containsEntry("equal_rows", 1L);
        shop.file("same.csv", "id,name\n1,a\n1,b\n,c\n2,d");
        Hw.Result same = hw.run("diff", "landing:twice.csv", "landing:same.csv", "--key", "id");
        assertThat(same.exitCode()).as(same.out() + same.err()).isEqualTo(1);
        assertThat(same.out()).contains("repeated keys", "1 in A; 2 rows", "NULL keys in A");
    }

    @Test
    void twoTablesWithoutRowsAreNotEqualInSilence() {
        shop.file("none.csv", "id,name").file("nothing.csv", "id,name");
        Hw.Result empty = hw.run("diff", "landing:none.csv", "landing:nothing.csv", "--key", "id");
        assertThat(empty.exitCode()).as(empty.out() + empty.err()).isEqualTo(1);
        assertThat(empty.out()).contains("empty: neither table has a row");
        assertThat(document(0, "landing:none.csv", "landing:nothing.csv", "--key", "id", "--allow-empty"))
                .containsEntry("status", "empty");
    }

    @Test
    void onlyRowsForWhichAConditionHoldsAreCompared() {
        file(
                "1,Ada,99,0.1,2026-01-01 10:00:00",
                "2,Grace,20,1e300,2026-01-02 10:00:00.5",
                "4,New,1,1,2026-01-04 10:00:00");

        Map<String, Object> both = document(0, "landing:orders.csv", "orders", "--where", "id = 2");
        Map<String, Object> each = document(
                1, "landing:orders.csv", "orders", "--where-a", "id in (1, 2)", "--where-b", "id > 1 and amount > 0");

        assertThat(part(both, "a")).containsEntry("rows", 1L);
        assertThat(both.get("rules").toString()).contains("of a only rows where id = 2", "of b only rows where id = 2");
        assertThat(part(each, "a")).containsEntry("rows", 2L).containsEntry("only_here", 1L);
        assertThat(part(each, "b")).containsEntry("rows", 1L).containsEntry("only_here", 0L);
        assertThat(document(1, "landing:orders.csv", "orders", "--where", "id > 100"))
                .containsEntry("equal_rows", 0L);
        refused(2, "nothing_like_it", "landing:orders.csv", "orders", "--where", "nothing_like_it = 2");
    }

    @Test
    void textsThatDifferOnlyInCaseCanBeEqual() {
        shop.file("a.csv", "id,name\nA1,Ada\nb2,Grace\nc3,ÉVA");
        shop.file("b.csv", "id,name\na1,ADA\nB2,grace\nC3,éva");
        document(1, "landing:a.csv", "landing:b.csv", "--key", "id");

        Map<String, Object> folded = document(0, "landing:a.csv", "landing:b.csv", "--key", "id", "--ignore-case");

        assertThat(folded).containsEntry("equal_rows", 3L);
        assertThat(folded.get("rules").toString()).contains("each character in lower case");
        shop.file("b.csv", "id,name\na1,ADA\nA1,ADA\nB2,grace\nC3,eva");
        Map<String, Object> different = document(1, "landing:a.csv", "landing:b.csv", "--key", "id", "--ignore-case");
        assertThat(part(different, "b")).containsEntry("repeated_keys", 1L);
        assertThat(different).containsEntry("different_rows", 1L);
    }

    @Test
    void aColumnOfOneSideAloneIsADifferenceUntilItIsLeftOut() {
        shop.file("more.csv", "id,name,more\n1,a,x").file("less.csv", "ID,name\n1,a");
        assertThat(document(1, "landing:more.csv", "landing:less.csv", "--key", "id"))
                .containsEntry("status", "different")
                .containsEntry("columns_only_in_a", List.of("more"))
                .containsEntry("equal_rows", 1L);
        assertThat(document(0, "landing:more.csv", "landing:less.csv", "--key", "id", "--exclude", "more"))
                .containsEntry("columns_left_out", List.of("more"));
    }

    @Test
    void whatCannotBeComparedIsRefusedWithWhatIsAllowed() {
        shop.file("a.csv", "id,name,day\n1,a,2026-01-01").file("b.csv", "id,name,day\n1,a,soon");
        refused(2, "neither has a primary key or merge keys", "landing:a.csv", "landing:b.csv");
        refused(2, "--key id", "landing:a.csv", "landing:b.csv");
        refused(
                2,
                "column 'day' is date in landing:a.csv and text in landing:b.csv",
                "landing:a.csv",
                "landing:b.csv",
                "--key",
                "id");
        refused(2, "did you mean name?", "landing:a.csv", "landing:b.csv", "--key", "id", "--exclude", "nmae");
        refused(
                2,
                "takes no tolerance",
                "landing:a.csv",
                "landing:b.csv",
                "--key",
                "id",
                "--exclude",
                "day",
                "--tolerance",
                "name=1");
        refused(2, "as 0.01", "landing:orders.csv", "orders", "--tolerance", "amount=1s");
        refused(2, "with itself", "orders", "warehouse:orders");
        refused(2, "ending must be .csv or .parquet", "landing:orders.csv", "orders", "--export", "x.json");
        refused(2, "no pipeline writes it", "nobody", "orders");
        refused(2, "nobody", "warehouse:nobody", "orders", "--key", "id");
        hw.replace("headworks.yml", "connections:", """
                connections:
                  away: {type: postgresql, host: 127.0.0.1, port: 1, database: x, user: x, password: x}""");
        refused(5, "127.0.0.1:1", "away:orders", "orders");
    }

    private void refused(int exitCode, String message, String... arguments) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("diff"), java.util.stream.Stream.of(arguments))
                .toArray(String[]::new);
        Hw.Result result = hw.run(all);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(message);
    }
}
