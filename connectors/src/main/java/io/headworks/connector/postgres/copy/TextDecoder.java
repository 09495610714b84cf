package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Values whose bytes are taken as they are. */
public enum TextDecoder implements Decoder {
    /** The server has checked that it is valid UTF-8. */
    TEXT,
    /** Of a database with encoding SQL_ASCII, which checks nothing. */
    UNCHECKED_TEXT,
    /** A byte for the version, then text. */
    JSONB,
    BINARY;

    @Override
    public Column decode(Cells cells, Unfit unfit) {
        return switch (this) {
            case TEXT -> utf8(cells, cells.starts(), cells.lengths());
            case UNCHECKED_TEXT -> checked(cells, unfit);
            case JSONB -> jsonb(cells);
            case BINARY -> binaries(cells);
        };
    }

    private static Column utf8(Cells cells, int[] starts, int[] lengths) {
        return new Column.Utf8(cells.bytes(), starts, lengths, cells.nulls());
    }

    private static Column checked(Cells cells, Unfit unfit) {
        for (int row = 0; row < cells.rows(); row++) {
            if (!cells.isNull(row)) {
                try {
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(cells.bytes(), cells.starts()[row], cells.lengths()[row]));
                } catch (CharacterCodingException invalid) {
                    unfit.add(row, "is text that is not valid UTF-8");
                }
            }
        }
        return utf8(cells, cells.starts(), cells.lengths());
    }

    private static Column jsonb(Cells cells) {
        int[] starts = new int[cells.rows()];
        int[] lengths = new int[cells.rows()];
        for (int row = 0; row < cells.rows(); row++) {
            if (!cells.isNull(row)) {
                if (cells.lengths()[row] < 1 || cells.bytes()[cells.starts()[row]] != 1) {
                    throw new CorruptCopyException("a jsonb value of another version");
                }
                starts[row] = cells.starts()[row] + 1;
                lengths[row] = cells.lengths()[row] - 1;
            }
        }
        return utf8(cells, starts, lengths);
    }

    private static Column binaries(Cells cells) {
        byte[][] values = new byte[cells.rows()][];
        for (int row = 0; row < values.length; row++) {
            if (!cells.isNull(row)) {
                int start = cells.starts()[row];
                values[row] = java.util.Arrays.copyOfRange(cells.bytes(), start, start + cells.lengths()[row]);
            }
        }
        return new Column.Binaries(values, cells.nulls());
    }
}
