package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.connector.result.UnfitValue;

/** A column by the quick way where that knows it, else by the one that knows all. */
final class EitherWriter implements ColumnWriter {
    private final ColumnWriter quick;
    private final ColumnWriter sure;
    private ColumnWriter chosen;

    EitherWriter(ColumnWriter quick, ColumnWriter sure) {
        this.quick = quick;
        this.sure = sure;
        this.chosen = sure;
    }

    @Override
    public boolean measure(Column column, int rows, int[] sizes) throws UnfitValue {
        chosen = quick.measure(column, rows, sizes) ? quick : sure;
        return chosen == quick || sure.measure(column, rows, sizes);
    }

    @Override
    public void write(int from, int to, byte[] bytes, int[] places) throws UnfitValue {
        chosen.write(from, to, bytes, places);
    }
}
