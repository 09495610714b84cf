package io.headworks.duckdb.csv;

/** How lines end. */
public enum LineEnd {
    LF,
    CRLF,
    CR
}
