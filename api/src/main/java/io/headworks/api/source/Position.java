package io.headworks.api.source;

import io.headworks.api.type.DataType;
import java.util.List;

/** How far a pipeline has read its source, as committed with the data in the target's ledger. */
public sealed interface Position {

    /** The largest key actually loaded, as text of its type (timestamps ISO 8601 in UTC). */
    record Key(String column, DataType type, String value) implements Position {}

    /** The files that were loaded, sorted by path. */
    record Files(List<FileStamp> files) implements Position {
        public Files {
            files = List.copyOf(files);
        }
    }
}
