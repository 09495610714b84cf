package io.headworks.api.engine;

/** Columns that travel with rows inside a run and never reach a target's data tables. */
public final class HiddenColumns {
    /** {@code upsert} or {@code delete}. */
    public static final String OP = "_hw_op";

    /** bigint, unique within a batch: the order of rows. */
    public static final String SEQ = "_hw_seq";

    /** Where the row came from, {@code file:line}. */
    public static final String SOURCE = "_hw_source";

    /** NULL, or why the row is rejected: {@code code<TAB>rule<TAB>sentence}. */
    public static final String REASON = "_hw_reason";

    private HiddenColumns() {}
}
