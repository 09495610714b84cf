package io.headworks.connector.files.infer;

/** What follows the date in the timestamps of a column: {@code HH:MM[:SS[.fraction]]} and perhaps a zone. */
final class TimeShape {
    boolean seconds;
    boolean minutesOnly;
    boolean zoned;
    boolean naive;
    boolean tee;
    int digits;

    /** Takes the text after the date in; false, with nothing changed, when it is no time of day. */
    boolean accept(char[] text, int from, int to) {
        if (to - from < 6 || text[from] != ' ' && text[from] != 'T') {
            return false;
        }
        int hour = pair(text, from + 1, to);
        int minute = text[from + 3] == ':' ? pair(text, from + 4, to) : -1;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return false;
        }
        int at = from + 6;
        boolean withSeconds = at < to && text[at] == ':';
        int fraction = 0;
        if (withSeconds) {
            int second = pair(text, at + 1, to);
            if (second < 0 || second > 59) {
                return false;
            }
            at += 3;
            if (at < to && text[at] == '.') {
                int end = at + 1;
                while (end < to && text[end] >= '0' && text[end] <= '9') {
                    end++;
                }
                fraction = end - at - 1;
                if (fraction == 0 || fraction > 9) {
                    return false;
                }
                at = end;
            }
        }
        boolean withZone = at < to;
        if (withZone && !isZone(text, at, to)) {
            return false;
        }
        seconds |= withSeconds;
        minutesOnly |= !withSeconds;
        zoned |= withZone;
        naive |= !withZone;
        tee |= text[from] == 'T';
        digits = Math.max(digits, fraction);
        return true;
    }

    private static boolean isZone(char[] text, int at, int to) {
        if (text[at] == 'Z') {
            return at + 1 == to;
        }
        if (text[at] != '+' && text[at] != '-') {
            return false;
        }
        int hour = pair(text, at + 1, to);
        int rest = to - at - 3;
        int minute = rest == 0 ? 0 : rest == 3 && text[at + 3] == ':' ? pair(text, at + 4, to) : -1;
        return hour >= 0 && hour <= 15 && minute >= 0 && minute <= 59;
    }

    private static int pair(char[] text, int at, int to) {
        if (at + 2 > to || !isDigit(text[at]) || !isDigit(text[at + 1])) {
            return -1;
        }
        return (text[at] - '0') * 10 + text[at + 1] - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
