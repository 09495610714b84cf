package io.headworks.connector.jdbc.load;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Times of our own tables, which are in UTC and of our days. */
final class OwnTime {
    private OwnTime() {}

    static @Nullable Instant read(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column, Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
        return time == null ? null : time.toInstant();
    }
}
