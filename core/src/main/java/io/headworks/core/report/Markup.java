package io.headworks.core.report;

/** Texts within HTML and SVG. */
final class Markup {
    private Markup() {}

    /** For content and for attributes in quotes; characters that no document may have become U+FFFD. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(point) ? point : 0xfffd);
            }
        });
        return out.toString();
    }

    private static boolean isAllowed(int point) {
        boolean control = point < ' ' && point != '\t' && point != '\n' || point >= 0x7f && point < 0xa0;
        // what turns the direction of a line makes it read as something else
        boolean turns = point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
        boolean half = point >= 0xd800 && point <= 0xdfff;
        return !control && !turns && !half;
    }
}
