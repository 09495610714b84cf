package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.transform.Operation.Rename;
import io.headworks.api.type.DataType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RejectSplitTest {
    private static final Cast TO_BIGINT =
            new Cast(List.of(new Cast.Column("amount", DataType.BIGINT, Cast.OnError.REJECT, false)));
    private final Duck duck = new Duck();
    private final OperationCompiler compiler = new OperationCompiler();

    @AfterEach
    void close() {
        duck.close();
    }

    @Test
    void splitsRowsAndKeepsTheExtractedRowAsPayload() {
        Relation origin = duck.values(
                "id, total, _hw_seq, _hw_source",
                "(9007199254740993::bigint, 'ten', 1, 'in/a:b.csv:12')",
                "(2, '5', 2, 'in/a:b.csv:13')");
        Relation marked = duck.compile(origin, new Rename(Map.of("total", "amount")), TO_BIGINT);
        assertThat(duck.show(compiler.accepted(marked))).containsExactly("2|5");
        assertThat(compiler.accepted(marked).hidden()).containsExactly("_hw_seq", "_hw_source");

        Relation rejected = compiler.rejected(marked, "clean", origin);
        assertThat(rejected.schema()).isEqualTo(RejectColumns.SCHEMA);
        assertThat(duck.show(rejected))
                .containsExactly("clean|cast|cast(amount)|Cannot cast amount to bigint: 'ten' does not fit"
                        + "|in/a:b.csv|12|NULL|amount|{\"id\":\"9007199254740993\",\"total\":\"ten\"}|NULL");
    }

    @Test
    void thePayloadIsTheRowItselfWhereItsOriginIsNotKnown() {
        Relation marked = duck.compile(duck.values("amount, b", "('x', 1)"), TO_BIGINT);
        assertThat(duck.show(compiler.rejected(marked, "clean", duck.values("z, _hw_seq", "(1, 1)"))))
                .containsExactly("clean|cast|cast(amount)|Cannot cast amount to bigint: 'x' does not fit"
                        + "|NULL|NULL|NULL|amount|{\"amount\":null,\"b\":1}|NULL");
    }

    @Test
    void nothingIsRejectedWithoutReasons() {
        Relation input = duck.values("a", "(1)");
        assertThat(compiler.accepted(input)).isSameAs(input);
        assertThat(duck.show(compiler.rejected(input, "clean", input))).isEmpty();
    }

    @Test
    void thePayloadBendsNothing() {
        Relation origin = duck.rows(
                "SELECT 1 AS _hw_seq, 'x' AS amount, 12345678901234567890.10::decimal(38,2) AS d,"
                        + " 9007199254740991 AS safe, -9007199254740992 AS unsafe, 'nan'::double AS nan, 0.1::double AS f,"
                        + " '{\"a\": 1.10}'::json AS j, [1.10, NULL] AS l, {'q\"': 1.10, b: [9007199254740993]} AS s,"
                        + " map {'k': 1.10} AS m, NULL::integer[] AS n, '\\xAA'::blob AS b, timestamptz '2024-01-01 00:00:00+00' AS t");
        Relation marked = duck.compile(origin, TO_BIGINT);
        String payload = duck.query(
                        "SELECT payload FROM ("
                                + compiler.rejected(marked, "s", origin).sql() + ")",
                        row -> row.getString(1))
                .get(0);
        assertThat(payload)
                .isEqualTo("{\"amount\":\"x\",\"d\":\"12345678901234567890.10\",\"safe\":9007199254740991,"
                        + "\"unsafe\":\"-9007199254740992\",\"nan\":\"nan\",\"f\":0.1,\"j\":\"{\\\"a\\\": 1.10}\","
                        + "\"l\":[\"1.10\",null],\"s\":{\"q\\\"\":\"1.10\",\"b\":[\"9007199254740993\"]},"
                        + "\"m\":[[\"k\",\"1.10\"]],\"n\":null,\"b\":\"\\\\xAA\",\"t\":\"2024-01-01 00:00:00+00\"}");
    }
}
