package io.headworks.api.engine;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.List;

/** The columns of rejected rows, inside a run and, with the run's own, in the dead-letter table. */
public final class RejectColumns {
    public static final Schema SCHEMA = new Schema(List.of(
            new Field("stage", DataType.TEXT, false),
            new Field("code", DataType.TEXT, false),
            new Field("rule", DataType.TEXT, true),
            new Field("reason", DataType.TEXT, false),
            new Field("source", DataType.TEXT, true),
            new Field("line", DataType.BIGINT, true),
            new Field("byte_offset", DataType.BIGINT, true),
            new Field("column_name", DataType.TEXT, true),
            /** The extracted row as a JSON object, when it could be read; what a replay starts from. */
            new Field("payload", DataType.TEXT, true),
            /** The record's own text, when it could not. */
            new Field("raw", DataType.TEXT, true)));

    private RejectColumns() {}
}
