package io.headworks.duckdb.load;

import io.headworks.duckdb.load.LoadColumns.Pair;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.stream.Collectors;

/** One row of many, for a message. */
final class Example {

    private Example() {}

    /**
     * {@code column=value, …} of one row, the same one every time.
     *
     * @param from what follows FROM, with alias {@code b}
     */
    static String of(Work work, List<Pair> columns, String from) {
        String text = columns.stream()
                .map(pair -> DuckSql.text(pair.column().name() + "=") + " || coalesce(CAST(b." + pair.name()
                        + " AS VARCHAR), 'NULL')")
                .collect(Collectors.joining(" || ', ' || "));
        return work.sql().firstText("SELECT min(" + text + ") FROM " + from).orElse("");
    }
}
