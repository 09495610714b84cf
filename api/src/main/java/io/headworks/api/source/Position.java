package io.headworks.api.source;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a pipeline has read its source, as committed with the data in the target's ledger. */
public sealed interface Position {

    /**
     * The largest key actually loaded, as text of its type (timestamps ISO 8601 in UTC).
     *
     * @param comparedAt the source's clock when all its keys were last compared with the table's; null for never
     */
    record Key(
            String column,
            DataType type,
            String value,
            @Nullable Instant comparedAt) implements Position {
        public Key(String column, DataType type, String value) {
            this(column, type, value, null);
        }

        public Key withComparedAt(@Nullable Instant instant) {
            return new Key(column, type, value, instant);
        }
    }

    /**
     * What the inputs of a model were when it was loaded.
     *
     * @param sql a hash of the model's SELECT alone
     * @param definition a hash of all that decides what is loaded from the same inputs
     * @param inputs sorted by dataset
     */
    record Inputs(String sql, String definition, List<Input> inputs) implements Position {
        public Inputs {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * An input of a model.
     *
     * @param run the number of its last load; null where nobody counts its loads
     * @param key the largest value of the column by which changed rows are found; null where that is the run, or where
     *     nobody asks
     */
    record Input(
            String dataset, @Nullable Long run, @Nullable Key key) {}

    /**
     * The files that were loaded, sorted by path.
     *
     * @param columns the columns as first loaded: types that were inferred then are kept from then on
     */
    record Files(List<FileStamp> files, Schema columns) implements Position {
        public Files {
            files = List.copyOf(files);
        }

        public Files(List<FileStamp> files) {
            this(files, Schema.EMPTY);
        }
    }
}
