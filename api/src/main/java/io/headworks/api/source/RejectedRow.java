package io.headworks.api.source;

import org.jspecify.annotations.Nullable;

/**
 * A row of input that could not be read.
 *
 * @param source the file, as in {@link FileStamp#path}
 * @param line 1-based line on which the record starts
 * @param byteOffset 0-based offset of the record in the (decompressed) file
 * @param column the column that does not fit; null when the whole row is malformed
 * @param reason a sentence
 * @param raw the record's text, cut at a stated limit
 */
public record RejectedRow(
        String source,
        @Nullable Long line,
        @Nullable Long byteOffset,
        @Nullable String column,
        String code,
        String reason,
        String raw) {}
