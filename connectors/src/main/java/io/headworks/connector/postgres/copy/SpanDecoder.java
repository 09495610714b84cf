package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of several numbers that travel as texts: intervals, times with a zone, UUIDs. */
public enum SpanDecoder implements Decoder {
    INTERVAL(16),
    TIMETZ(12),
    UUID(16);

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private final int length;

    SpanDecoder(int length) {
        this.length = length;
    }

    @Override
    public Column decode(Cells cells, Unfit unfit) {
        cells.check(length);
        String[] values = new String[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            if (!cells.isNull(row)) {
                String text = text(cells.bytes(), cells.starts()[row]);
                if (text == null) {
                    unfit.add(row, "is infinity");
                }
                values[row] = text;
            }
        }
        return new Column.Texts(values, cells.nulls());
    }

    private @Nullable String text(byte[] bytes, int at) {
        return switch (this) {
            case INTERVAL -> interval(Wire.int64(bytes, at), Wire.int32(bytes, at + 8), Wire.int32(bytes, at + 12));
            case TIMETZ -> timetz(Wire.int64(bytes, at), Wire.int32(bytes, at + 8));
            case UUID -> new UUID(Wire.int64(bytes, at), Wire.int64(bytes, at + 8)).toString();
        };
    }

    /** Null for the infinite ones of PostgreSQL 17. */
    private static @Nullable String interval(long micros, int days, int months) {
        boolean infinite = micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE
                || micros == Long.MIN_VALUE && days == Integer.MIN_VALUE && months == Integer.MIN_VALUE;
        if (infinite) {
            return null;
        }
        BigDecimal seconds = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return "P" + months + "M" + days + "DT" + seconds.toPlainString() + "S";
    }

    /** The zone is sent as seconds west of Greenwich. */
    private static String timetz(long micros, int west) {
        String time = micros == MICROS_PER_DAY
                ? "24:00:00"
                : LocalTime.ofNanoOfDay(micros * 1_000).format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME);
        String zone = ZoneOffset.ofTotalSeconds(-west).getId();
        return time + (zone.equals("Z") ? "+00:00" : zone);
    }
}
