package io.headworks.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.Fixture.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true false | boolean",
                "1 -20 0 | bigint",
                "007 1 | text",
                "1 2.50 | decimal(18,2)",
                "999999999999999999 | bigint",
                "9999999999999999999 | decimal(38,0)",
                "12345678901234567890.123 | decimal(38,3)",
                "2026-01-01 | date",
                "2026-01-01 2026-01-01T10:00:00.5 | timestamp",
                "2026-01-01 2026-01-01T10:00:00Z | timestamptz",
                "2026-01-01T10:00:00 2026-01-01T10:00:00Z | text",
                "1 true | text",
                "1e5 | text",
            })
    void theNarrowestTypeThatHoldsAllOfThem(String values, String type) {
        List<Cell> cells = new ArrayList<>(Arrays.stream(values.split(" "))
                .map(text -> new Cell(text, Cell.Form.PLAIN))
                .toList());
        cells.add(Cell.NULL);

        assertThat(CellTypes.of(cells)).hasToString(type);
    }

    @Test
    void whatStandsInQuotesIsText() {
        assertThat(CellTypes.of(List.of(new Cell("1", Cell.Form.QUOTED), new Cell("2", Cell.Form.PLAIN))))
                .hasToString("text");
    }
}
