package io.headworks.connector.files.infer;

import java.util.EnumSet;
import java.util.Set;

/**
 * The forms of the dates and timestamps of columns declared as such: those that fit most of the values, so that a few
 * bad ones change nothing.
 */
public final class DeclaredDates {
    private final int[] counts = new int[DateFormat.values().length];
    private int withSeconds;
    private int withoutSeconds;
    private int timestamps;

    public void acceptDate(String value) {
        char[] text = value.toCharArray();
        count(DateFormat.matching(text, 0, text.length));
    }

    public void acceptTimestamp(String value) {
        char[] text = value.toCharArray();
        int end = DateFormat.end(text, 0, text.length);
        TimeShape time = new TimeShape();
        int mask = DateFormat.matching(text, 0, end);
        if (mask == 0 || end < text.length && !time.accept(text, end, text.length)) {
            return;
        }
        count(mask);
        timestamps++;
        withSeconds += time.seconds ? 1 : 0;
        withoutSeconds += time.minutesOnly ? 1 : 0;
    }

    /** The forms that fit most values; empty when none fits any. */
    public Set<DateFormat> best() {
        int most = 0;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        EnumSet<DateFormat> best = EnumSet.noneOf(DateFormat.class);
        for (DateFormat format : DateFormat.values()) {
            if (most > 0 && counts[format.ordinal()] == most) {
                best.add(format);
            }
        }
        return best;
    }

    public boolean hasTimestamps() {
        return timestamps > 0;
    }

    /** The form of most timestamps after their date. */
    public String timePattern() {
        return withSeconds >= withoutSeconds ? " %H:%M:%S" : " %H:%M";
    }

    private void count(int mask) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += mask >> i & 1;
        }
    }
}
