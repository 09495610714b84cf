package io.headworks.api.source;

import io.headworks.api.dataset.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables put together from the rows of a catalogue, one for each column. */
public final class TableListing {
    private final Map<TableName, Found> tables = new LinkedHashMap<>();

    private record Found(boolean home, boolean view, List<String> columns) {}

    /**
     * Takes a row; the columns of a table come in their order.
     *
     * @param column null for a table without columns
     */
    public void add(TableName name, boolean home, boolean view, @Nullable String column) {
        Found found = tables.computeIfAbsent(name, first -> new Found(home, view, new ArrayList<>()));
        if (column != null) {
            found.columns().add(column);
        }
    }

    /** In the order in which they were first met. */
    public List<SourceTable> tables() {
        List<SourceTable> all = new ArrayList<>();
        tables.forEach((name, found) -> all.add(new SourceTable(name, found.home(), found.view(), found.columns())));
        return all;
    }
}
