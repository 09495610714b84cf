package io.headworks.duckdb.csv;

import io.headworks.api.source.Scan.CsvDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dialect in bytes of UTF-8. Bytes that are absent are -1, which no byte of input equals.
 *
 * @param fields number of fields of a well-formed record
 */
record CsvSyntax(
        byte[] delimiter,
        int quote,
        int escape,
        int comment,
        int skip,
        boolean header,
        int fields,
        List<byte[]> nulls) {
    static final int ABSENT = -1;

    static CsvSyntax of(CsvDialect dialect) {
        int quote = single(dialect.quote());
        int escape = single(dialect.escape());
        return new CsvSyntax(
                dialect.delimiter().getBytes(StandardCharsets.UTF_8),
                quote,
                escape == ABSENT ? quote : escape,
                single(dialect.comment()),
                dialect.skip(),
                dialect.header(),
                dialect.physicalColumns(),
                dialect.nulls().stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static int single(@Nullable String character) {
        if (character == null || character.isEmpty()) {
            return ABSENT;
        }
        byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1) {
            throw new IllegalArgumentException(
                    "Cannot use '" + character + "' as quote, escape or comment: one ASCII character is allowed");
        }
        return bytes[0];
    }

    /** Bytes at which the scan of an unquoted field stops to look. */
    boolean[] stops() {
        boolean[] stops = new boolean[256];
        stops['\n'] = true;
        stops['\r'] = true;
        stops[delimiter[0] & 0xff] = true;
        if (quote != ABSENT) {
            stops[quote & 0xff] = true;
        }
        return stops;
    }
}
