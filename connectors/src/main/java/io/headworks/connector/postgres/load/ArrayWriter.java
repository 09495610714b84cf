package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A list as an array of one dimension. */
final class ArrayWriter implements FieldWriter {
    /** Object identifiers of the built-in types, which never change. */
    private static final Map<String, Integer> OIDS = Map.ofEntries(
            Map.entry("boolean", 16),
            Map.entry("bytea", 17),
            Map.entry("bigint", 20),
            Map.entry("smallint", 21),
            Map.entry("integer", 23),
            Map.entry("text", 25),
            Map.entry("json", 114),
            Map.entry("real", 700),
            Map.entry("double precision", 701),
            Map.entry("character", 1042),
            Map.entry("character varying", 1043),
            Map.entry("date", 1082),
            Map.entry("time without time zone", 1083),
            Map.entry("timestamp without time zone", 1114),
            Map.entry("timestamp with time zone", 1184),
            Map.entry("interval", 1186),
            Map.entry("time with time zone", 1266),
            Map.entry("bit", 1560),
            Map.entry("bit varying", 1562),
            Map.entry("numeric", 1700),
            Map.entry("uuid", 2950),
            Map.entry("jsonb", 3802));

    private final DataType element;
    private final int oid;
    private final FieldWriter writer;

    /** @param declared the element's type in PostgreSQL's words */
    ArrayWriter(DataType element, String declared) {
        this.element = element;
        this.oid = Objects.requireNonNull(OIDS.get(base(declared)), declared);
        this.writer = FieldWriters.of(element, declared);
    }

    static String base(String declared) {
        return declared.replaceAll("\\(.*?\\)", "");
    }

    /** True for a type whose values and arrays of them are written. */
    static boolean writes(String declared) {
        String base = base(declared);
        return OIDS.containsKey(base.endsWith("[]") ? base.substring(0, base.length() - 2) : base);
    }

    @Override
    public void write(Column column, int row, TupleBuffer out) throws UnfitValue {
        List<?> values = (List<?>)
                Objects.requireNonNull(((Column.Objects) column).values().get(row));
        Column elements = column(values);
        int begun = out.begin();
        out.putInt(values.isEmpty() ? 0 : 1);
        out.putInt(elements.nulls().isEmpty() ? 0 : 1);
        out.putInt(oid);
        if (!values.isEmpty()) {
            out.putInt(values.size());
            out.putInt(1);
            for (int i = 0; i < values.size(); i++) {
                if (elements.isNull(i)) {
                    out.putNull();
                } else {
                    writer.write(elements, i, out);
                }
            }
        }
        out.end(begun);
    }

    private Column column(List<?> values) {
        int rows = values.size();
        BitSet nulls = new BitSet(rows);
        for (int i = 0; i < rows; i++) {
            nulls.set(i, values.get(i) == null);
        }
        @Nullable
        Object first = values.stream().filter(Objects::nonNull).findFirst().orElse(null);
        if (first instanceof BigDecimal) {
            return new Column.Decimals(values.toArray(new BigDecimal[0]), nulls);
        } else if (first instanceof byte[] || element == Simple.BINARY) {
            return new Column.Binaries(values.toArray(new byte[0][]), nulls);
        } else if (first instanceof Double) {
            return new Column.Doubles(
                    values.stream()
                            .mapToDouble(each -> each == null ? 0 : (Double) each)
                            .toArray(),
                    nulls);
        } else if (first instanceof Long) {
            return new Column.Longs(
                    values.stream()
                            .mapToLong(each -> each == null ? 0 : (Long) each)
                            .toArray(),
                    nulls);
        }
        return new Column.Texts(values.toArray(new String[0]), nulls);
    }
}
