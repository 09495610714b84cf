package io.headworks.core.proof;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.isolation.FrozenBatch;
import io.headworks.core.plan.Request;
import io.headworks.core.service.CellValues;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/** Slices that hold all rows of a batch between them, about as many different values of the column in each. */
final class SliceCuts {
    private static final int MOST_SLICES = 4;

    private final Field field;
    private final TreeSet<Long> values = new TreeSet<>();
    private boolean usable = true;

    private SliceCuts(Field field) {
        this.field = field;
    }

    /** In the order of the column; fewer than two where the batch cannot be cut by it. */
    static List<Request> of(FrozenBatch batch, String column) {
        int position = batch.schema().names().indexOf(column);
        if (position < 0) {
            return List.of();
        }
        SliceCuts cuts = new SliceCuts(batch.schema().fields().get(position));
        batch.parts().forEach(part -> cuts.add(part.columns().get(position), part.rows()));
        return cuts.slices();
    }

    /** Dates, times and numbers that fit are carried by longs in their own order. A row without value is in no slice. */
    private void add(Column column, int rows) {
        boolean ordered = field.type().isTime() || field.type().isNumber();
        if (!ordered
                || !(column instanceof Column.Longs longs)
                || !column.nulls().isEmpty()) {
            usable = false;
            return;
        }
        for (int row = 0; row < rows; row++) {
            values.add(longs.values()[row]);
        }
    }

    private List<Request> slices() {
        if (!usable || values.isEmpty()) {
            return List.of();
        }
        List<Long> sorted = List.copyOf(values);
        int count = Math.min(MOST_SLICES, sorted.size());
        List<Request> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long from = sorted.get(i * sorted.size() / count);
            boolean last = i == count - 1;
            long to = last ? sorted.get(sorted.size() - 1) + 1 : sorted.get((i + 1) * sorted.size() / count);
            slices.add(new Request(text(from), text(to), false));
        }
        return slices;
    }

    private String text(long value) {
        Column column = new Column.Longs(new long[] {value}, new BitSet());
        return String.valueOf(CellValues.of(new ColumnBatch(new Schema(List.of(field)), 1, List.of(column)), 0, 0));
    }
}
