package io.headworks.duckdb.csv;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at records without quotes, one after the other, for fields that are not in plain form. It knows nothing of files:
 * the bytes it is given end with a line end, and with {@link #SLACK} more that mean nothing.
 */
final class PlainRecords {
    /** Bytes that may be looked at beyond the last record. */
    static final int SLACK = 32;

    /** What stands here is no record that the engine surely reads as we do, or it holds a quote. */
    static final int STRANGE = -1;

    private final @Nullable PlainForm[] forms;
    private final byte delimiter;
    private final boolean carriageReturn;
    private final boolean emptyIsNull;
    private final List<byte[]> nulls;
    private final boolean[] stops;
    private final BitSet loose = new BitSet();

    /** @param forms for each field of the file, null for one that needs no proof; copied */
    PlainRecords(CsvSyntax syntax, LineEnd lineEnd, @Nullable PlainForm[] forms) {
        this.forms = forms.clone();
        this.delimiter = syntax.delimiter()[0];
        this.carriageReturn = lineEnd == LineEnd.CRLF;
        this.emptyIsNull = syntax.nulls().stream().anyMatch(text -> text.length == 0);
        this.nulls = syntax.nulls().stream().filter(text -> text.length > 0).toList();
        this.stops = syntax.stops();
    }

    /** Fields with a form, that some record so far does not keep to. */
    BitSet loose() {
        return loose;
    }

    /** Where the record after the one that begins here begins; negative when there is something else. */
    int next(byte[] bytes, int from) {
        int at = from;
        if (isLineEnd(bytes, at)) {
            return lineEnd(bytes, at);
        }
        int last = forms.length - 1;
        for (int field = 0; field < last; field++) {
            at = fieldEnd(bytes, at, field);
            if (bytes[at] != delimiter) {
                return STRANGE;
            }
            at++;
        }
        return lineEnd(bytes, fieldEnd(bytes, at, last));
    }

    /** Behind the end of a line whose fields are of no interest; negative when there is something else. */
    int afterLine(byte[] bytes, int from) {
        int at = textEnd(bytes, from);
        while (bytes[at] == delimiter) {
            at = textEnd(bytes, at + 1);
        }
        return lineEnd(bytes, at);
    }

    /** Ends the last line where the file does not; answers the new length. */
    int endLine(byte[] bytes, int length) {
        int at = length;
        if (carriageReturn) {
            bytes[at++] = '\r';
        }
        bytes[at++] = '\n';
        return at;
    }

    private boolean isLineEnd(byte[] bytes, int at) {
        return carriageReturn ? bytes[at] == '\r' && bytes[at + 1] == '\n' : bytes[at] == '\n';
    }

    private int lineEnd(byte[] bytes, int at) {
        if (isLineEnd(bytes, at)) {
            return carriageReturn ? at + 2 : at + 1;
        }
        return STRANGE;
    }

    private int fieldEnd(byte[] bytes, int at, int field) {
        PlainForm form = forms[field];
        if (form == null) {
            return textEnd(bytes, at);
        }
        int end = form.end(bytes, at);
        if (end >= 0 && stops[bytes[end] & 0xff]) {
            return end;
        }
        end = textEnd(bytes, at);
        if (!(end == at ? emptyIsNull : isNull(bytes, at, end))) {
            loose.set(field);
            forms[field] = null;
        }
        return end;
    }

    private int textEnd(byte[] bytes, int from) {
        int at = from;
        while (!stops[bytes[at] & 0xff]) {
            at++;
        }
        return at;
    }

    private boolean isNull(byte[] bytes, int from, int to) {
        return nulls.stream().anyMatch(text -> Arrays.equals(text, 0, text.length, bytes, from, to));
    }
}
