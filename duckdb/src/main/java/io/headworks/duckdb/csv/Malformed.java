package io.headworks.duckdb.csv;

/**
 * Why a record is none.
 *
 * @param code for the dead letter
 * @param reason a sentence without a full stop
 * @param field 0-based field at which it shows; -1 for the whole record
 */
record Malformed(String code, String reason, int field) {
    static final String MALFORMED = "malformed";
    static final String ENCODING = "encoding";
    static final String TOO_LONG = "too-long";
}
