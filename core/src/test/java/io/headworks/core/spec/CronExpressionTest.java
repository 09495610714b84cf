package io.headworks.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    @ParameterizedTest
    @CsvSource({
        "* * * * *, 2024-02-28T23:59:30Z, 2024-02-29T00:00:00Z",
        "0 4 * * 0, 2024-03-01T00:00:00Z, 2024-03-03T04:00:00Z",
        "0 4 * * 7, 2024-03-03T04:00:00Z, 2024-03-10T04:00:00Z",
        "0 4 * * sun, 2024-03-03T03:59:59Z, 2024-03-03T04:00:00Z",
        "*/20 9-10 * * *, 2024-03-01T10:40:00Z, 2024-03-02T09:00:00Z",
        "5/20 * * * *, 2024-03-01T10:25:00Z, 2024-03-01T10:45:00Z",
        "0 0 29 2 *, 2024-02-29T00:00:00Z, 2028-02-29T00:00:00Z",
        "0 0 29 2 *, 2096-02-29T00:00:00Z, 2104-02-29T00:00:00Z",
        "0 0 13 * fri, 2024-03-01T00:00:00Z, 2024-03-08T00:00:00Z",
        "0 0 13 * fri, 2024-03-08T00:00:00Z, 2024-03-13T00:00:00Z",
        "15 1 1 jan-feb *, 2024-02-01T01:15:00Z, 2025-01-01T01:15:00Z",
        "'1,30 0 * * *', 2024-03-01T00:01:00Z, 2024-03-01T00:30:00Z",
    })
    void theNextTimeIsAfterTheInstant(String text, Instant after, Instant next) {
        assertThat(Objects.requireNonNull(CronExpression.parse(text)).next(after))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "5-3 * * * *",
                "*/0 * * * *",
                "a * * * *",
                "* * * * 8",
                "1- * * * *",
                "-1 * * * *",
                "1/2/3 * * * *",
                "1--2 * * * *",
                ", * * * *"
            })
    void whatIsNoCronIsNone(String text) {
        assertThat(CronExpression.parse(text)).isNull();
    }

    @Test
    void aDayThatNeverComesHasNoNextTime() {
        assertThat(Objects.requireNonNull(CronExpression.parse("0 0 30 2 *")).next(Instant.EPOCH))
                .isNull();
    }
}
