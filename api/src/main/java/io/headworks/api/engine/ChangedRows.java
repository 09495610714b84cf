package io.headworks.api.engine;

import io.headworks.api.source.KeyRange;

/**
 * The rows of one input of a SELECT whose key lies in a range: what {@code {{ changed(x) }}} stands for.
 *
 * @param input the name that the SELECT has for it
 */
public record ChangedRows(String input, KeyRange range) {}
