package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;

/** Dates, times of day and timestamps: PostgreSQL counts from 2000-01-01, and its extremes stand for infinity. */
public enum TimeDecoder implements Decoder {
    DATE,
    TIME,
    TIMESTAMP;

    private static final long DAYS = 10_957;
    private static final long MICROS = DAYS * 86_400_000_000L;

    @Override
    public Column decode(Cells cells, Unfit unfit) {
        return switch (this) {
            case DATE -> dates(cells, unfit);
            case TIME -> NumberDecoder.INT64.decode(cells, unfit);
            case TIMESTAMP -> timestamps(cells, unfit);
        };
    }

    private static Column dates(Cells cells, Unfit unfit) {
        cells.check(4);
        long[] values = new long[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            if (!cells.isNull(row)) {
                int days = Wire.int32(cells.bytes(), cells.starts()[row]);
                if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
                    unfit.add(row, days > 0 ? "is infinity" : "is -infinity");
                }
                values[row] = days + DAYS;
            }
        }
        return new Column.Longs(values, cells.nulls());
    }

    private static Column timestamps(Cells cells, Unfit unfit) {
        cells.check(8);
        long[] values = new long[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            if (!cells.isNull(row)) {
                long micros = Wire.int64(cells.bytes(), cells.starts()[row]);
                values[row] = micros + MICROS;
                if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
                    unfit.add(row, micros > 0 ? "is infinity" : "is -infinity");
                } else if (micros > Long.MAX_VALUE - 1 - MICROS) {
                    unfit.add(row, "is after the year 294246");
                }
            }
        }
        return new Column.Longs(values, cells.nulls());
    }
}
