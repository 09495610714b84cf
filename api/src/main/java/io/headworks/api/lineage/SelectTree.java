package io.headworks.api.lineage;

/** A SELECT, or an expression over {@link #INPUT}, that was read and can be followed without the engine. */
public interface SelectTree {
    /** The table whose columns an expression names; also what {@code {{ input }}} is in a SELECT. */
    String INPUT = "{{ input }}";

    /** Where its columns come from. An expression gives one column. */
    Trace trace(TableColumns tables);

    /** A text that is the same for two SELECTs that differ in comments, layout and the case of keywords only. */
    String form();

    /** What of it makes which column. */
    SelectParts parts();
}
