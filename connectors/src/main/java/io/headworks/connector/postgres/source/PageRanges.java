package io.headworks.connector.postgres.source;

import io.headworks.connector.postgres.catalog.StoredTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table cut into ranges of its pages, which the server reads without looking at the other pages (from version 14 on).
 * The last one is open: it holds what was added since the pages were counted. Parts of a partitioned table are each cut
 * at the same places.
 */
final class PageRanges {
    private static final int FIRST_VERSION = 140_000;
    /** 16 MB: less is read sooner than another session is opened. */
    static final long WORTHWHILE = 2_048;

    private PageRanges() {}

    /** A condition for each range; an empty one where there is but one. */
    static List<String> of(@Nullable StoredTable table, int version) {
        if (table == null || !table.hasPages() || version < FIRST_VERSION || table.pages() < WORTHWHILE) {
            return List.of("");
        }
        int count = Ranges.count();
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String from = "ctid >= '(" + table.pages() * i / count + ",0)'::tid";
            String to = " AND ctid < '(" + table.pages() * (i + 1) / count + ",0)'::tid";
            ranges.add(i == count - 1 ? from : from + to);
        }
        return ranges;
    }
}
