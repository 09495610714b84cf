package io.headworks.api.transform;

/** The operations of project files by their key: what each does to the number of rows, and whether it always may reject. */
public enum OperationKind {
    DEDUPE("dedupe", RowLaw.REDUCING),
    TRIM("trim", RowLaw.PRESERVING),
    FILL_NULL("fill_null", RowLaw.PRESERVING),
    CAST("cast", RowLaw.PRESERVING),
    FILTER("filter", RowLaw.REDUCING),
    RENAME("rename", RowLaw.PRESERVING),
    SELECT("select", RowLaw.PRESERVING),
    DROP("drop", RowLaw.PRESERVING),
    DERIVE("derive", RowLaw.PRESERVING),
    ROLLUP("rollup", RowLaw.RESHAPING),
    PIVOT("pivot", RowLaw.RESHAPING),
    WINDOW("window", RowLaw.PRESERVING),
    UNNEST("unnest", RowLaw.RESHAPING),
    PARSE_JSON("parse_json", RowLaw.REDUCING, true),
    HASH("hash", RowLaw.PRESERVING),
    MASK("mask", RowLaw.PRESERVING),
    MAP_CODES("map_codes", RowLaw.PRESERVING),
    TO_UTC("to_utc", RowLaw.REDUCING, true),
    CONVERT_CURRENCY("convert_currency", RowLaw.REDUCING, true),
    LOOKUP("lookup", RowLaw.PRESERVING),
    SQL("sql", RowLaw.RESHAPING),
    SCHEMA_CHANGES("schema_changes", RowLaw.REDUCING, true);

    private final String key;
    private final RowLaw rowLaw;
    private final boolean rejects;

    OperationKind(String key, RowLaw rowLaw) {
        this(key, rowLaw, false);
    }

    OperationKind(String key, RowLaw rowLaw, boolean rejects) {
        this.key = key;
        this.rowLaw = rowLaw;
        this.rejects = rejects;
    }

    public String key() {
        return key;
    }

    /** Of an operation that rejects no row. */
    public RowLaw rowLaw() {
        return rowLaw;
    }

    /** True when every such operation may reject rows; some others may, as they are written. */
    public boolean rejects() {
        return rejects;
    }
}
