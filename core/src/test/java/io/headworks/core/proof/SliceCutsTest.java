package io.headworks.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.isolation.FrozenBatch;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceCutsTest {

    private static FrozenBatch batch(DataType type, BitSet nulls, long... values) {
        Schema schema = new Schema(List.of(new Field("at", type)));
        return new FrozenBatch(
                schema, List.of(new ColumnBatch(schema, values.length, List.of(new Column.Longs(values, nulls)))));
    }

    private static List<String> slices(DataType type, long... values) {
        return SliceCuts.of(batch(type, new BitSet(), values), "at").stream()
                .map(slice -> slice.from() + " to " + slice.to())
                .toList();
    }

    @Test
    void eachValueIsInOneSliceAndTheLastIsInclusive() {
        assertThat(slices(DataType.BIGINT, 9, 3, 3, 7, -2, 5, 4))
                .containsExactly("-2 to 3", "3 to 5", "5 to 7", "7 to 10");
        assertThat(slices(DataType.Simple.DATE, 0, 1))
                .containsExactly("1970-01-01 to 1970-01-02", "1970-01-02 to 1970-01-03");
        assertThat(slices(DataType.TIMESTAMPTZ, 0))
                .containsExactly("1970-01-01T00:00:00Z to 1970-01-01T00:00:00.000001Z");
    }

    @Test
    void rowsThatAreInNoSliceMakeNone() {
        BitSet second = new BitSet();
        second.set(1);
        assertThat(SliceCuts.of(batch(DataType.BIGINT, second, 1, 2), "at")).isEmpty();
        assertThat(SliceCuts.of(batch(DataType.Simple.BOOLEAN, new BitSet(), 0, 1), "at"))
                .isEmpty();
        assertThat(SliceCuts.of(batch(DataType.BIGINT, new BitSet(), 1), "other"))
                .isEmpty();
    }
}
