package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.duckdb.RawChunk.RawVector;
import org.duckdb.RawType;
import org.jspecify.annotations.Nullable;

/**
 * How a column of a batch becomes memory of the engine.
 *
 * @param stored the type of that memory
 * @param typed SQL from it to the column's own type; null when they are the same
 */
public record VectorColumn(RawType stored, @Nullable Function<String, String> typed, Writer writer) {

    /** Copies rows {@code from} to {@code from + rows} of a column. */
    public interface Writer {
        void write(Column column, int from, int rows, RawVector to);
    }

    public static List<VectorColumn> all(Schema schema) {
        return schema.fields().stream().map(VectorColumn::of).toList();
    }

    /** A SELECT list that makes the schema's types of the memory's. */
    public static String typedColumns(Schema schema) {
        List<String> out = new ArrayList<>();
        for (Field field : schema.fields()) {
            String name = DuckSql.name(field.name());
            Function<String, String> typed = of(field).typed();
            out.add(typed == null ? name : typed.apply(name) + " AS " + name);
        }
        return String.join(", ", out);
    }

    private static VectorColumn of(Field field) {
        DataType type = field.type();
        String name = field.name();
        if (type instanceof DataType.Decimal decimal) {
            return direct(RawType.decimal(decimal.precision(), decimal.scale()), VectorNumbers.decimal(name, decimal));
        } else if (type instanceof DataType.Timestamp timestamp) {
            return direct(timestampType(timestamp), VectorNumbers.longs());
        } else if (type instanceof DataType.Time) {
            return direct(RawType.TIME, VectorNumbers.longs());
        } else if (type instanceof Simple simple) {
            return simple(name, simple);
        }
        // everything else is stored as a text by the row-wise writer too
        WriteColumn written = WriteColumn.of(name, type);
        boolean nested = written.stored().equals("JSON");
        Function<String, String> typed = written.typed() != null ? written.typed() : cast(written.stored());
        boolean same = written.stored().equals("VARCHAR") && written.typed() == null;
        return text(same ? null : typed, nested ? VectorTexts.nested(type) : VectorTexts.texts(name));
    }

    private static VectorColumn simple(String name, Simple type) {
        return switch (type) {
            case BOOLEAN -> direct(RawType.BOOLEAN, VectorNumbers.bytes(name, 0, 1));
            case INT8 -> direct(RawType.TINYINT, VectorNumbers.bytes(name, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> direct(RawType.UTINYINT, VectorNumbers.bytes(name, 0, 0xff));
            case INT16 -> direct(RawType.SMALLINT, VectorNumbers.shorts(name, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> direct(RawType.USMALLINT, VectorNumbers.shorts(name, 0, 0xffff));
            case INT32 -> direct(RawType.INTEGER, VectorNumbers.ints(name, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> direct(RawType.UINTEGER, VectorNumbers.ints(name, 0, 0xffff_ffffL));
            case DATE -> direct(RawType.DATE, VectorNumbers.ints(name, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case INT64 -> direct(RawType.BIGINT, VectorNumbers.longs());
            case UINT64 -> direct(RawType.UBIGINT, VectorNumbers.longs());
            case HUGEINT, NUMERIC -> direct(RawType.HUGEINT, VectorNumbers.hugeints());
            case FLOAT -> direct(RawType.FLOAT, VectorNumbers.floats());
            case DOUBLE -> direct(RawType.DOUBLE, VectorNumbers.doubles());
            case TEXT -> text(null, VectorTexts.texts(name));
            case BINARY, GEOMETRY -> direct(RawType.BLOB, VectorTexts.binaries());
            case UUID -> text(cast("UUID"), VectorTexts.texts(name));
            case JSON -> text(cast("JSON"), VectorTexts.texts(name));
            case TIMETZ -> text(cast("TIMETZ"), VectorTexts.texts(name));
            case INTERVAL -> text(Leaf.of(type).fromText(), VectorTexts.intervals(name));
        };
    }

    private static RawType timestampType(DataType.Timestamp type) {
        if (type.zoned()) {
            return RawType.TIMESTAMP_TZ;
        }
        return type.digits() > 6 ? RawType.TIMESTAMP_NS : RawType.TIMESTAMP;
    }

    private static VectorColumn direct(RawType stored, Writer writer) {
        return new VectorColumn(stored, null, writer);
    }

    private static VectorColumn text(@Nullable Function<String, String> typed, Writer writer) {
        return new VectorColumn(RawType.VARCHAR, typed, writer);
    }

    private static Function<String, String> cast(String spelling) {
        return sql -> "CAST(" + sql + " AS " + spelling + ")";
    }
}
