package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;
import org.jspecify.annotations.Nullable;

/** Single values of a column, as they stand in lists. */
final class Values {

    private Values() {}

    static @Nullable Object of(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        } else if (column instanceof Column.Longs longs) {
            return longs.values()[row];
        } else if (column instanceof Column.Doubles doubles) {
            return doubles.values()[row];
        } else if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row];
        } else if (column instanceof Column.Texts texts) {
            return texts.values()[row];
        } else if (column instanceof Column.Utf8 texts) {
            return texts.text(row);
        } else if (column instanceof Column.Binaries binaries) {
            return binaries.values()[row];
        }
        return ((Column.Objects) column).values().get(row);
    }
}
