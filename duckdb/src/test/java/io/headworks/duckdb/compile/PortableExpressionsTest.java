package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.portable.Portability;
import io.headworks.api.portable.PortableFunction;
import io.headworks.api.portable.PortableFunctions;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.inspect.SqlFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortableExpressionsTest {
    private static final Schema INPUT = new Schema(List.of(
            new Field("amount", new DataType.Decimal(18, 2)),
            new Field("n", DataType.BIGINT),
            new Field("s", DataType.TEXT),
            new Field("ts", DataType.TIMESTAMP)));

    private final Duck duck = new Duck();

    @AfterEach
    void close() {
        duck.close();
    }

    static Stream<PortableFunction> functions() {
        return PortableFunctions.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyExampleGivesWhatTheCatalogueSays(PortableFunction function) {
        String value = "coalesce(CAST(" + function.example() + " AS VARCHAR), 'NULL')";
        String sql = switch (function.kind()) {
            case SCALAR -> "SELECT " + value;
            case AGGREGATE -> "SELECT " + value + " FROM (VALUES (1), (2), (1), (NULL)) AS v(x)";
            case WINDOW ->
                "SELECT coalesce(CAST(" + function.example() + " OVER (ORDER BY x NULLS LAST) AS VARCHAR), 'NULL')"
                        + " FROM (VALUES (1), (1), (2), (NULL)) AS v(x) ORDER BY x NULLS FIRST LIMIT 1";
        };
        assertThat(duck.query(sql, row -> row.getString(1))).containsExactly(function.result());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theDocumentationListsIt(PortableFunction function) throws IOException {
        String line = "| `" + function.name() + "` | " + function.kind().name().toLowerCase(Locale.ROOT) + " | "
                + function.meaning() + " | `" + function.example() + "` | `" + function.result() + "` |";
        assertThat(Files.readString(Path.of("../docs/reference/expressions.md")))
                .contains(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount > 1000",
                "coalesce(s, 'a // b :: [c] ^ ~') || \"s\" -- upper(s)",
                "case when n / 2 > 1.5 then 'x' else trim(s) end",
                "cast(ts as date) between date '2024-01-01' and date '2024-02-01'",
                "s like 'a%' and n is distinct from 5 /* concat */",
                "sum(amount)",
            })
    void isPortable(String expression) {
        assertThat(check(expression)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            upper(s) = 'A'           ; upper() is duckdb only: engines differ on letters such as ß
            cast(amount / 3 as decimal(18,2)) ; / on decimals is duckdb only: a double here and a decimal there
            strftime(ts, '%Y')       ; strftime() is duckdb only
            n // 2                   ; // is duckdb only: other engines have div
            s ilike 'a%'             ; ILIKE is duckdb only: engines differ on letters such as İ
            n::text                  ; :: is duckdb only: write cast(x as type)
            s[1]                     ; [ ] is duckdb only: lists count from 1 here and from 0 there
            concat(s, 'x')           ; concat() is duckdb only: some engines leave NULL out, others give NULL (write a || b)
            """)
    void isNotPortable(String expression, String why) {
        assertThat(check(expression)).contains(why);
    }

    @Test
    void anUnreadableExpressionIsNobodysToJudge() {
        Finding finding = SqlFindings.of(duck, List.of(new Text("1 +", Text.Kind.EXPRESSION)))
                .get(0);
        assertThatThrownBy(() -> Portability.check("1 +", finding, INPUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot check an expression that cannot be read: ");
    }

    @Test
    void knowsTheExpressionsOfOperations() {
        assertThat(Portability.expressions(new Operation.Derive(Pairs.of("a", "x + 1", "b", "y"))))
                .containsExactly("x + 1", "y");
        assertThat(Portability.expressions(new Operation.Filter("x > 1"))).containsExactly("x > 1");
        assertThat(Portability.expressions(new Operation.Trim(List.of("x")))).isEmpty();
    }

    private List<String> check(String expression) {
        Finding finding = SqlFindings.of(duck, List.of(new Text(expression, Text.Kind.EXPRESSION)))
                .get(0);
        return Portability.check(expression, finding, INPUT);
    }
}
