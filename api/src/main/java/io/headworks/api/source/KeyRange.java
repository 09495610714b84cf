package io.headworks.api.source;

import io.headworks.api.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The part of a source to read: {@code from} ≤ key < {@code to}, texts of the key's type; null is unbounded.
 *
 * @param includeNulls rows whose key is NULL are read too
 */
public record KeyRange(
        String column,
        DataType type,
        @Nullable String from,
        @Nullable String to,
        boolean includeNulls) {}
