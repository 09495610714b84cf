package io.headworks.api.history;

import io.headworks.api.engine.Relation;

/**
 * Facts that do not have what their look-up would give them now.
 *
 * @param rows as they should be, without audit columns
 * @param count how many these are
 * @param older rows that are older than is wanted, and left as they are
 * @param lost rows for which there is no version any more, and nothing to give instead
 */
public record Corrections(Relation rows, long count, long older, long lost) {}
