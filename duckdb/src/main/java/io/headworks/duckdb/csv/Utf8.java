package io.headworks.duckdb.csv;

import java.nio.charset.StandardCharsets;

/** Whether bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF). */
final class Utf8 {

    private Utf8() {}

    static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at] & 0xff;
            if (lead < 0x80) {
                at++;
                continue;
            }
            int more = following(lead);
            if (more == 0 || at + more >= to || !isSecond(lead, bytes[at + 1] & 0xff)) {
                return false;
            }
            for (int i = 2; i <= more; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return false;
                }
            }
            at += more + 1;
        }
        return true;
    }

    /** The text, with bytes that are none shown as {@code \\xNN}; a character cut at the end is left out. */
    static String show(byte[] bytes, int from, int to) {
        StringBuilder out = new StringBuilder();
        int at = from;
        while (at < to) {
            int more = following(bytes[at] & 0xff);
            int width = Math.min(more + 1, to - at);
            if ((bytes[at] & 0x80) == 0 || isValid(bytes, at, at + width)) {
                int end = at + width;
                while (end < to && bytes[end] >= 0) {
                    end++;
                }
                out.append(new String(bytes, at, end - at, StandardCharsets.UTF_8));
                at = end;
            } else if (more > 0 && at + more >= to) {
                break;
            } else {
                out.append(String.format("\\x%02X", bytes[at] & 0xff));
                at++;
            }
        }
        return out.toString();
    }

    private static int following(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 1;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            return 2;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    }

    private static boolean isSecond(int lead, int second) {
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= low && second <= high;
    }
}
