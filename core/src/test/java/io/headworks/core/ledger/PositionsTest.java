package io.headworks.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Position;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionsTest {

    @Test
    void aKeyReadsBackAsItWasWritten() {
        Position key = new Position.Key("updated_at", DataType.TIMESTAMP, "2024-03-01T00:00:00.000001");

        assertThat(Positions.read(Positions.write(key))).isEqualTo(key);
        Position compared = new Position.Key("id", DataType.BIGINT, "7", Instant.parse("2024-03-03T04:00:00.123Z"));
        assertThat(Positions.read(Positions.write(compared))).isEqualTo(compared);
    }

    @Test
    void filesReadBackWithTheirColumnsInOrder() {
        Position files = new Position.Files(
                List.of(
                        new FileStamp("a/2024-01.csv", 12, Instant.parse("2024-02-01T00:00:00Z"), "ab12", Map.of()),
                        new FileStamp(
                                "a/dt=2024-02-01/x.csv",
                                0,
                                Instant.parse("2024-02-02T00:00:00Z"),
                                null,
                                Map.of("dt", "2024-02-01"))),
                new Schema(List.of(new Field("z", DataType.BIGINT), new Field("a", new DataType.Decimal(18, 2)))));

        assertThat(Positions.read(Positions.write(files))).isEqualTo(files);
    }

    @Test
    void inputsOfAModelReadBackAsTheyWereWritten() {
        Position inputs = new Position.Inputs(
                "ab",
                "cd",
                List.of(
                        new Position.Input(
                                "warehouse:items", 17L, new Position.Key("at", DataType.Simple.DATE, "2024-03-01")),
                        new Position.Input("warehouse:orders", 3L, null),
                        new Position.Input("warehouse:rates", null, null)));

        assertThat(Positions.read(Positions.write(inputs))).isEqualTo(inputs);
        assertThat(Positions.describe(inputs))
                .isEqualTo("warehouse:items at up to 2024-03-01, warehouse:orders load 3, warehouse:rates");
    }

    @Test
    void writingIsCanonical() {
        assertThat(Positions.write(new Position.Key("id", DataType.BIGINT, "7")))
                .isEqualTo("{\"column\":\"id\",\"kind\":\"key\",\"type\":\"bigint\",\"value\":\"7\"}");
    }

    @Test
    void aPositionOfANewerProgramIsNeverTakenForNone() {
        assertThatThrownBy(() -> Positions.read("{\"kind\":\"lsn\",\"value\":\"0/16B3748\"}"))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.POSITION_LOST))
                .hasMessageContaining("Cannot read the position");
    }

    @Test
    void noPositionIsNull() {
        assertThat(Positions.read(null)).isNull();
    }
}
