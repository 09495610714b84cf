package io.headworks.cli;

import io.headworks.core.json.Json;
import io.headworks.core.secret.Masker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows in columns as wide as their widest cell. Numbers stand to the right. */
final class TextTable {
    private static final int WIDEST = 60;

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] numeric;
    private int statusColumn = -1;

    TextTable(String... heads) {
        this(List.of(heads));
    }

    TextTable(List<String> heads) {
        this.heads = List.copyOf(heads);
        this.numeric = new boolean[heads.size()];
        java.util.Arrays.fill(numeric, true);
    }

    /** The column whose values are coloured as statuses. */
    TextTable status(int column) {
        statusColumn = column;
        return this;
    }

    TextTable row(@Nullable Object... cells) {
        return row(java.util.Arrays.asList(cells));
    }

    TextTable row(List<? extends @Nullable Object> cells) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            Object cell = cells.get(i);
            numeric[i] &= cell == null || cell instanceof Number;
            texts.add(cell == null ? "" : text(cell));
        }
        rows.add(texts);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Values are masked before they are cut, so that no part of a secret is left. */
    List<String> lines(Colour colour, Masker masker) {
        for (List<String> row : rows) {
            row.replaceAll(cell -> shortened(masker.mask(cell)));
        }
        int[] widths = IntStream.range(0, heads.size())
                .map(i -> rows.stream().mapToInt(row -> width(row.get(i))).reduce(width(heads.get(i)), Math::max))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(colour.dim(line(heads, widths, Colour.NONE)));
        rows.forEach(row -> lines.add(line(row, widths, colour)));
        return lines;
    }

    private String line(List<String> cells, int[] widths, Colour colour) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> {
                    String padding = " ".repeat(widths[i] - width(cells.get(i)));
                    String cell = i == statusColumn ? colour.status(cells.get(i)) : cells.get(i);
                    return numeric[i] ? padding + cell : cell + padding;
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String text(Object cell) {
        return cell instanceof Map || cell instanceof List ? Json.compact(cell) : cell.toString();
    }

    /** One line, however the value is written; control characters cannot reach the terminal. */
    private static String shortened(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n') {
                shown.append("\\n");
            } else if (point == '\t') {
                shown.append("\\t");
            } else if (Character.isISOControl(point)) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        int length = shown.codePointCount(0, shown.length());
        return length <= WIDEST ? shown.toString() : shown.substring(0, shown.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
