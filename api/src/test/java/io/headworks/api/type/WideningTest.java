package io.headworks.api.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint | integer | true",
                "integer | bigint | false",
                "hugeint | ubigint | true",
                "bigint | ubigint | false",
                "bigint | uinteger | true",
                "decimal(18,2) | decimal(10,2) | true",
                "decimal(18,2) | decimal(18,3) | false",
                "decimal(21,2) | bigint | true",
                "decimal(20,2) | bigint | false",
                "double | integer | true",
                "double | bigint | false",
                "double | decimal(10,2) | false",
                "text | text(10) | true",
                "text(10) | text | false",
                "text(20) | text(10) | true",
                "text | bigint | false",
                "timestamp(9) | timestamp | true",
                "timestamp | timestamptz | false",
                "timestamptz | timestamp | false",
                "timestamp | date | false",
                "date | date | true",
            })
    void aTypeIsWiderOnlyIfItHoldsEveryValue(String wide, String narrow, boolean holds) {
        assertThat(Widening.holds(
                        DataType.parse(wide).orElseThrow(),
                        DataType.parse(narrow).orElseThrow()))
                .isEqualTo(holds);
    }
}
