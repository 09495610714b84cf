package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of one dimension that begin at 1. What the server calls an array may have any number of dimensions, whatever its
 * column says; others are unfit.
 */
public record ListDecoder(Decoder element) implements Decoder {
    private static final int HEAD = 12;
    private static final int DIMENSION = 8;

    @Override
    public Column decode(Cells cells, Unfit unfit) {
        int[] counts = new int[cells.rows()];
        int all = 0;
        for (int row = 0; row < counts.length; row++) {
            counts[row] = cells.isNull(row) ? 0 : count(cells, row, unfit);
            all += counts[row];
        }
        int[] owners = new int[all];
        Cells flat = flat(cells, counts, owners);
        Unfit unfitElements = new Unfit();
        Column elements = element.decode(flat, unfitElements);
        unfitElements.reasons().forEach((at, reason) -> unfit.add(owners[at], "has an element that " + reason.what()));
        return new Column.Objects(lists(cells, counts, elements), cells.nulls());
    }

    private static int count(Cells cells, int row, Unfit unfit) {
        int at = cells.starts()[row];
        int dimensions = Wire.int32(cells.bytes(), at);
        if (dimensions == 0) {
            return 0;
        }
        if (dimensions > 1) {
            unfit.add(row, "is an array of " + dimensions + " dimensions");
            return 0;
        }
        int first = Wire.int32(cells.bytes(), at + HEAD + 4);
        if (first != 1) {
            unfit.add(row, "is an array that begins at " + first);
            return 0;
        }
        return Wire.int32(cells.bytes(), at + HEAD);
    }

    private static Cells flat(Cells cells, int[] counts, int[] owners) {
        int[] starts = new int[owners.length];
        int[] lengths = new int[owners.length];
        int next = 0;
        for (int row = 0; row < counts.length; row++) {
            int at = cells.starts()[row] + HEAD + DIMENSION;
            for (int i = 0; i < counts[row]; i++) {
                int length = Wire.int32(cells.bytes(), at);
                starts[next] = at + 4;
                lengths[next] = length;
                owners[next++] = row;
                at += 4 + Math.max(0, length);
            }
        }
        return new Cells(cells.bytes(), starts, lengths, owners.length);
    }

    private static List<@Nullable Object> lists(Cells cells, int[] counts, Column elements) {
        List<@Nullable Object> lists = new ArrayList<>(counts.length);
        int next = 0;
        for (int row = 0; row < counts.length; row++) {
            if (cells.isNull(row)) {
                lists.add(null);
                continue;
            }
            List<@Nullable Object> list = new ArrayList<>(counts[row]);
            for (int i = 0; i < counts[row]; i++) {
                list.add(Values.of(elements, next++));
            }
            lists.add(list);
        }
        return lists;
    }
}
