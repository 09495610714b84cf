package io.headworks.testkit.target;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import io.headworks.testkit.target.TargetLab.Done;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table that is loaded again and again by one load. */
final class TableUnderTest {
    private final TargetLab lab;
    private final Schema schema;
    private final Loads load;
    private int runs;

    TableUnderTest(TargetLab lab, Schema schema, Loads load) {
        this.lab = lab;
        this.schema = schema;
        this.load = load;
    }

    /** The same table and run numbers, loaded otherwise from now on. */
    TableUnderTest by(Loads other) {
        TableUnderTest table = new TableUnderTest(lab, schema, other.into(load.table()));
        table.runs = runs;
        return table;
    }

    LoadCounts snapshot(BatchRow... rows) {
        return run(BatchKind.SNAPSHOT, null, List.of(rows)).counts();
    }

    LoadCounts delta(BatchRow... rows) {
        return run(BatchKind.DELTA, null, List.of(rows)).counts();
    }

    LoadCounts slice(Slice slice, BatchRow... rows) {
        return run(BatchKind.SNAPSHOT, slice, List.of(rows)).counts();
    }

    Done run(BatchKind kind, @Nullable Slice slice, List<BatchRow> rows) {
        return lab.run(++runs, load, lab.batch(schema, rows), kind, slice, true);
    }

    /** Rows without hidden columns, in one statement of the engine where the target can. */
    Done direct(BatchKind kind, @Nullable Slice slice, List<? extends List<?>> rows) {
        Relation batch = lab.plain(schema, rows);
        return lab.run(++runs, load, batch, kind, slice, false);
    }

    int runs() {
        return runs;
    }

    /** The batch's columns of the table as it is committed, sorted. */
    List<List<@Nullable Object>> data() {
        return columns(schema.names());
    }

    /** Some columns of the table as it is committed, sorted. */
    List<List<@Nullable Object>> columns(List<String> names) {
        Relation relation = lab.target.read(load.table());
        return picked(relation.schema(), lab.rows(relation), names);
    }

    static List<List<@Nullable Object>> picked(Schema schema, List<List<@Nullable Object>> rows, List<String> names) {
        List<List<@Nullable Object>> picked = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            names.forEach(name -> values.add(plain(
                    schema, schema.names().indexOf(name), row.get(schema.names().indexOf(name)))));
            picked.add(values);
        }
        picked.sort(Comparator.comparing(String::valueOf));
        return picked;
    }

    /** A number of 64 bits without a sign is the same number in a target that has only decimals of its length. */
    private static @Nullable Object plain(Schema schema, int index, @Nullable Object value) {
        return value instanceof Long bits && schema.fields().get(index).type() == DataType.Simple.UINT64
                ? new BigDecimal(Long.toUnsignedString(bits))
                : value;
    }
}
