package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;

/** Integers, booleans and floats. */
public enum NumberDecoder implements Decoder {
    BOOLEAN,
    INT16,
    INT32,
    INT64,
    /** Object identifiers. */
    UINT32,
    FLOAT,
    DOUBLE;

    @Override
    public Column decode(Cells cells, Unfit unfit) {
        return switch (this) {
            case BOOLEAN -> booleans(cells);
            case INT16 -> shorts(cells);
            case INT32 -> ints(cells, -1L);
            case UINT32 -> ints(cells, 0xffff_ffffL);
            case INT64 -> longs(cells);
            case FLOAT -> floats(cells);
            case DOUBLE -> doubles(cells);
        };
    }

    private static Column booleans(Cells cells) {
        cells.check(1);
        long[] values = new long[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = cells.isNull(row) ? 0 : cells.bytes()[cells.starts()[row]];
        }
        return new Column.Longs(values, cells.nulls());
    }

    private static Column shorts(Cells cells) {
        cells.check(2);
        long[] values = new long[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = cells.isNull(row) ? 0 : Wire.int16(cells.bytes(), cells.starts()[row]);
        }
        return new Column.Longs(values, cells.nulls());
    }

    private static Column ints(Cells cells, long mask) {
        cells.check(4);
        long[] values = new long[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = cells.isNull(row) ? 0 : mask & Wire.int32(cells.bytes(), cells.starts()[row]);
        }
        return new Column.Longs(values, cells.nulls());
    }

    private static Column longs(Cells cells) {
        cells.check(8);
        long[] values = new long[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = cells.isNull(row) ? 0 : Wire.int64(cells.bytes(), cells.starts()[row]);
        }
        return new Column.Longs(values, cells.nulls());
    }

    private static Column floats(Cells cells) {
        cells.check(4);
        double[] values = new double[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = cells.isNull(row) ? 0 : Float.intBitsToFloat(Wire.int32(cells.bytes(), cells.starts()[row]));
        }
        return new Column.Doubles(values, cells.nulls());
    }

    private static Column doubles(Cells cells) {
        cells.check(8);
        double[] values = new double[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] =
                    cells.isNull(row) ? 0 : Double.longBitsToDouble(Wire.int64(cells.bytes(), cells.starts()[row]));
        }
        return new Column.Doubles(values, cells.nulls());
    }
}
