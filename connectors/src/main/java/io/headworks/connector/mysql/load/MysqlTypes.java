package io.headworks.connector.mysql.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.mysql.session.MysqlSql;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Our types as MySQL declares them. How texts compare is said with each column, whatever the database's usual is. */
final class MysqlTypes {
    private static final int LONGEST_VARCHAR = 255;
    private static final int MOST_DIGITS = 65;
    private static final int MOST_SCALE = 30;
    private static final int MOST_BITS = 64;
    private static final String ASCII = " CHARACTER SET ascii COLLATE ascii_bin";

    private MysqlTypes() {}

    /** @param collation of texts in UTF-8 */
    static String declared(DataType type, String column, String collation) {
        String text = " CHARACTER SET utf8mb4 COLLATE " + collation;
        if (type instanceof Simple simple) {
            return simple(simple, column, text);
        } else if (type instanceof DataType.Decimal decimal) {
            if (decimal.precision() > MOST_DIGITS || decimal.scale() > MOST_SCALE) {
                throw refused(type, column, "decimals have at most 65 digits, 30 of them after the point");
            }
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        } else if (type instanceof DataType.Bounded bounded) {
            return bounded.length() <= LONGEST_VARCHAR ? "VARCHAR(" + bounded.length() + ")" + text : "LONGTEXT" + text;
        } else if (type instanceof DataType.Time time) {
            return "TIME(" + digits(time.digits(), type, column) + ")";
        } else if (type instanceof DataType.Timestamp timestamp) {
            int digits = digits(timestamp.digits(), type, column);
            return timestamp.zoned() ? "TIMESTAMP(" + digits + ")" : "DATETIME(" + digits + ")";
        } else if (type instanceof DataType.Enumeration enumeration) {
            if (enumeration.values().stream().anyMatch(label -> label.endsWith(" "))) {
                throw refused(type, column, "the server cuts blanks off the end of an enum's labels; read it as text");
            }
            return enumeration.values().stream().map(MysqlTypes::label).collect(Collectors.joining(", ", "ENUM(", ")"))
                    + text;
        } else if (type instanceof DataType.Bits bits && bits.length() > 1 && bits.length() <= MOST_BITS) {
            return "BIT(" + bits.length() + ")";
        }
        throw refused(type, column, "no type of MySQL keeps it");
    }

    private static String simple(Simple type, String column, String text) {
        return switch (type) {
            case BOOLEAN -> "TINYINT(1)";
            case INT8 -> "TINYINT";
            case INT16 -> "SMALLINT";
            case INT32 -> "INT";
            case INT64 -> "BIGINT";
            case UINT8 -> "TINYINT UNSIGNED";
            case UINT16 -> "SMALLINT UNSIGNED";
            case UINT32 -> "INT UNSIGNED";
            case UINT64 -> "BIGINT UNSIGNED";
            case HUGEINT -> "DECIMAL(39,0)";
            case NUMERIC -> throw refused(type, column, "give precision and scale, as decimal(38,10), or text");
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case TEXT -> "LONGTEXT" + text;
            case JSON -> "LONGTEXT" + text + " CHECK (json_valid(" + MysqlSql.name(column) + "))";
            case BINARY, GEOMETRY -> "LONGBLOB";
            case DATE -> "DATE";
            case UUID -> "CHAR(36)" + ASCII;
            case INTERVAL, TIMETZ -> "VARCHAR(64)" + ASCII;
        };
    }

    /** What {@link #declared} gives is read back as. */
    static DataType stored(DataType type) {
        if (type instanceof DataType.Bounded bounded) {
            return bounded.length() <= LONGEST_VARCHAR ? new DataType.Bounded(bounded.length(), false) : DataType.TEXT;
        } else if (type == Simple.UUID) {
            return new DataType.Bounded(36, false);
        } else if (type == Simple.INTERVAL || type == Simple.TIMETZ) {
            return new DataType.Bounded(64, false);
        }
        return type == Simple.GEOMETRY ? Simple.BINARY : type;
    }

    /** As {@link #declared}, of a column of our own tables' keys, each of which must fit into 3072 bytes. */
    static String declaredInKey(DataType type, String column) {
        if (type != Simple.TEXT) {
            return declared(type, column, TextOrder.PADDED);
        }
        int length = switch (column) {
            case "dataset" -> 300;
            case "pipeline" -> 200;
            default -> 64;
        };
        return "VARCHAR(" + length + ") CHARACTER SET utf8mb4 COLLATE " + TextOrder.PADDED;
    }

    private static String label(String value) {
        return MysqlSql.bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private static int digits(int digits, DataType type, String column) {
        if (digits > 6) {
            throw refused(type, column, "times have at most 6 digits of a second");
        }
        return digits;
    }

    private static HeadworksException refused(DataType type, String column, String why) {
        return new HeadworksException(
                FailureKind.PROJECT, "Cannot keep column '" + column + "' (" + type + ") in MySQL: " + why);
    }
}
