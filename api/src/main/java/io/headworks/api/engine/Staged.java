package io.headworks.api.engine;

/**
 * An extract held in the run's work storage.
 *
 * @param rows the good rows, with {@link HiddenColumns#SEQ} and {@link HiddenColumns#SOURCE}
 * @param rejects unreadable rows, with the columns of {@link RejectColumns}
 */
public record Staged(Relation rows, long count, Relation rejects, long rejected) {}
