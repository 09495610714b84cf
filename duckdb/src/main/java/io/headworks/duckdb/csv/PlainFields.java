package io.headworks.duckdb.csv;

import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.type.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at each byte of a file, on all processors, that proves of whole columns that their texts are in
 * {@linkplain PlainForm plain form}, and that there is no quote in the file. It is for the files that most files are:
 * without quotes, with one kind of line end and as many fields in each record.
 */
public final class PlainFields {
    /** Characters that a plain form may hold. */
    private static final String IN_FORMS = "0123456789+-.: T";

    private PlainFields() {}

    /**
     * The fields of a file that hold nothing but NULLs and texts in the plain form of their type.
     *
     * @param types by the index of the field
     * @return empty when the file has a quote or something else for which it must be looked at by others
     */
    public static Optional<BitSet> in(Path file, CsvDialect dialect, LineEnd lineEnd, Map<Integer, DataType> types)
            throws IOException {
        CsvSyntax syntax = CsvSyntax.of(dialect);
        PlainForm[] forms = new PlainForm[syntax.fields()];
        types.forEach((field, type) -> forms[field] = form(type, dialect));
        BitSet sought = new BitSet();
        for (int field = 0; field < forms.length; field++) {
            sought.set(field, forms[field] != null);
        }
        if (sought.isEmpty() || !isPlain(file, dialect, lineEnd)) {
            return Optional.empty();
        }
        return PlainParts.loose(file, () -> new PlainRecords(syntax, lineEnd, forms), dialect.header())
                .map(loose -> {
                    sought.andNot(loose);
                    return sought;
                });
    }

    private static @Nullable PlainForm form(DataType type, CsvDialect dialect) {
        boolean otherDate = type == DataType.Simple.DATE && dialect.dateFormat() != null;
        boolean otherTimestamp = type instanceof DataType.Timestamp && dialect.timestampFormat() != null;
        boolean otherPoint =
                !dialect.decimal().equals(".") && (type instanceof DataType.Decimal || type == DataType.Simple.DOUBLE);
        return otherDate || otherTimestamp || otherPoint
                ? null
                : PlainForm.of(type).orElse(null);
    }

    private static boolean isPlain(Path file, CsvDialect dialect, LineEnd lineEnd) throws IOException {
        return lineEnd != LineEnd.CR
                && dialect.skip() == 0
                && isApart(dialect.delimiter())
                && (dialect.quote() == null || dialect.quote().isEmpty() || isApart(dialect.quote()))
                && CsvFile.of(file) == CsvFile.PLAIN;
    }

    private static boolean isApart(String character) {
        return character.length() == 1 && character.charAt(0) < 0x80 && !IN_FORMS.contains(character);
    }
}
