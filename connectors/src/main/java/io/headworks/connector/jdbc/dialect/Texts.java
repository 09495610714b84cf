package io.headworks.connector.jdbc.dialect;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import org.jspecify.annotations.Nullable;

/**
 * Types that databases without such types keep as texts. They count a character above U+FFFF twice: a text of n characters
 * gets room for 2n of theirs.
 */
final class Texts {
    private Texts() {}

    static @Nullable String declared(DataType type, int longest) {
        int length = length(type, longest);
        return length == 0 ? null : "VARCHAR(" + length + ")";
    }

    static DataType storedAs(DataType type, int longest) {
        int length = type == Simple.INTERVAL || type == Simple.TIMETZ ? 64 : length(type, longest);
        if (type == Simple.JSON || length == longest) {
            return DataType.TEXT;
        } else if (type == Simple.GEOMETRY) {
            return Simple.BINARY;
        }
        return length == 0 ? type : new DataType.Bounded(length, false);
    }

    private static int length(DataType type, int longest) {
        if (type instanceof DataType.Bounded bounded) {
            return (int) Math.min(2L * bounded.length(), longest);
        } else if (type instanceof DataType.Enumeration enumeration) {
            return enumeration.values().stream().mapToInt(String::length).max().orElse(1);
        } else if (type instanceof DataType.Bits bits && bits.length() > 0 && bits.length() < longest) {
            return bits.length();
        }
        return 0;
    }
}
