package io.headworks.core.isolation;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a source gave once, kept in memory; it gives the same again as often as it is asked. */
public record FrozenBatch(Schema schema, List<ColumnBatch> parts) {
    public FrozenBatch {
        parts = List.copyOf(parts);
    }

    public long rows() {
        return parts.stream().mapToLong(ColumnBatch::rows).sum();
    }

    /** Some of the columns, in this order. */
    public BatchReader read(Schema columns) {
        List<Integer> positions = columns.names().stream()
                .map(name -> schema.names().indexOf(name))
                .toList();
        return new Reader(columns, positions, parts.iterator());
    }

    private static final class Reader implements BatchReader {
        private final Schema columns;
        private final List<Integer> positions;
        private final Iterator<ColumnBatch> parts;

        Reader(Schema columns, List<Integer> positions, Iterator<ColumnBatch> parts) {
            this.columns = columns;
            this.positions = positions;
            this.parts = parts;
        }

        @Override
        public Schema schema() {
            return columns;
        }

        @Override
        public @Nullable ColumnBatch next() {
            if (!parts.hasNext()) {
                return null;
            }
            ColumnBatch part = parts.next();
            List<Column> chosen = new ArrayList<>();
            positions.forEach(position -> chosen.add(part.columns().get(position)));
            return new ColumnBatch(columns, part.rows(), chosen);
        }

        @Override
        public void close() {}
    }

    /** The fields of that name, in order; those that are not there are left out. */
    Schema chosen(List<String> names) {
        List<Field> fields = new ArrayList<>();
        names.forEach(name -> schema.field(name).ifPresent(fields::add));
        return new Schema(fields);
    }
}
