package io.headworks.api.source;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import java.util.List;

/** How far a pipeline has read its source, as committed with the data in the target's ledger. */
public sealed interface Position {

    /** The largest key actually loaded, as text of its type (timestamps ISO 8601 in UTC). */
    record Key(String column, DataType type, String value) implements Position {}

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
