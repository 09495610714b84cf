package io.headworks.server.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Boxes in columns from left to right, joined by lines. */
public record Diagram(List<Box> boxes, List<Join> joins, int width, int height) {
    private static final int BOX_WIDTH = 190;
    private static final int BOX_HEIGHT = 46;
    private static final int GAP = 44;
    private static final int BETWEEN = 14;
    private static final int MOST_LETTERS = 25;

    public Diagram {
        boxes = List.copyOf(boxes);
        joins = List.copyOf(joins);
    }

    /** What stands in a box; an empty href is no link. */
    public record Label(String title, String detail, String href, String kind) {}

    /** A box, placed. */
    public record Box(int x, int y, int width, int height, Label label, String title, String detail) {}

    /** A line from the right of one box to the left of another. */
    public record Join(String path) {}

    /** Each box is joined with those of the next column. */
    static Diagram of(List<List<Label>> columns) {
        List<List<Label>> filled =
                columns.stream().filter(column -> !column.isEmpty()).toList();
        int rows = filled.stream().mapToInt(List::size).max().orElse(0);
        int height = Math.max(1, rows) * (BOX_HEIGHT + BETWEEN) - BETWEEN + 2;
        Map<Integer, List<Box>> placed = new LinkedHashMap<>();
        for (int i = 0; i < filled.size(); i++) {
            placed.put(i, column(filled.get(i), i * (BOX_WIDTH + GAP) + 1, height));
        }
        List<Box> boxes = new ArrayList<>();
        List<Join> joins = new ArrayList<>();
        placed.forEach((column, here) -> {
            boxes.addAll(here);
            for (Box from : here) {
                placed.getOrDefault(column + 1, List.of()).forEach(to -> joins.add(join(from, to)));
            }
        });
        return new Diagram(boxes, joins, filled.size() * (BOX_WIDTH + GAP) - GAP + 2, height);
    }

    private static List<Box> column(List<Label> labels, int x, int height) {
        int top = (height - labels.size() * (BOX_HEIGHT + BETWEEN) + BETWEEN) / 2;
        List<Box> boxes = new ArrayList<>();
        for (Label label : labels) {
            boxes.add(new Box(
                    x,
                    top + boxes.size() * (BOX_HEIGHT + BETWEEN),
                    BOX_WIDTH,
                    BOX_HEIGHT,
                    label,
                    fitting(label.title()),
                    fitting(label.detail())));
        }
        return boxes;
    }

    private static Join join(Box from, Box to) {
        int x1 = from.x() + from.width();
        int y1 = from.y() + from.height() / 2;
        int x2 = to.x();
        int y2 = to.y() + to.height() / 2;
        int middle = (x1 + x2) / 2;
        return new Join("M" + x1 + " " + y1 + " C" + middle + " " + y1 + " " + middle + " " + y2 + " " + x2 + " " + y2);
    }

    private static String fitting(String text) {
        return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1) + "…";
    }
}
