package io.headworks.duckdb.csv;

/**
 * A record at fault.
 *
 * @param line 1-based line on which it starts
 * @param offset 0-based byte at which it starts in the decompressed file
 * @param length its bytes without the line end
 * @param field index of the field at fault; -1 for the whole record
 */
public record Fault(long line, long offset, long length, String code, String reason, int field) {
    static Fault of(CsvRecords record, Malformed problem) {
        return new Fault(
                record.line(), record.offset(), record.length(), problem.code(), problem.reason(), problem.field());
    }
}
