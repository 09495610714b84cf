package io.headworks.core.report;

import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Bin;
import io.headworks.api.profile.ColumnProfile.Counted;
import java.util.List;
import java.util.Locale;

/** Drawings of a column, as SVG within a figure. */
final class Charts {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 120;
    private static final int LINE = 20;
    private static final int LABEL = 150;
    private static final int NUMBER = 70;
    private static final int LONGEST_LABEL = 22;

    private Charts() {}

    /** How often values lie between bounds; the ends are written below it. */
    static String histogram(ColumnProfile column) {
        List<Bin> bins = column.histogram();
        long most = Math.max(1, bins.stream().mapToLong(Bin::rows).max().orElse(1));
        double width = (double) WIDTH / bins.size();
        StringBuilder svg = open("Histogram of the sample, rows", HEIGHT + 4);
        for (int i = 0; i < bins.size(); i++) {
            Bin bin = bins.get(i);
            double height = (double) bin.rows() / most * HEIGHT;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>",
                    i * width,
                    HEIGHT - height,
                    Math.max(1, width - 1),
                    height,
                    Markup.escaped(bin.rows() + " rows")));
        }
        svg.append(String.format("<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", HEIGHT, WIDTH, HEIGHT));
        String span = column.span() == null
                ? ""
                : column.span().min() + " to " + column.span().max();
        return svg.append("</svg><figcaption>Histogram of the sample: ")
                .append(Markup.escaped(span))
                .append("</figcaption></figure>\n")
                .toString();
    }

    /** Values and how often they occur. */
    static String bars(String caption, List<Counted> values) {
        long most = Math.max(1, values.stream().mapToLong(Counted::rows).max().orElse(1));
        StringBuilder svg = open(caption, values.size() * LINE);
        for (int i = 0; i < values.size(); i++) {
            Counted value = values.get(i);
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"0\" y=\"%d\"><title>%s</title>%s</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>"
                            + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%,d</text>",
                    i * LINE + 14,
                    Markup.escaped(value.value()),
                    Markup.escaped(shortened(value.value())),
                    LABEL,
                    i * LINE + 4,
                    Math.max(1, (double) value.rows() / most * (WIDTH - LABEL - NUMBER)),
                    LINE - 8,
                    WIDTH,
                    i * LINE + 14,
                    value.rows()));
        }
        return svg.append("</svg><figcaption>")
                .append(Markup.escaped(caption))
                .append("</figcaption></figure>\n")
                .toString();
    }

    private static StringBuilder open(String label, int height) {
        return new StringBuilder(String.format(
                "<figure><svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">",
                Markup.escaped(label), WIDTH, height, WIDTH, height));
    }

    private static String shortened(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_LABEL
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
    }
}
