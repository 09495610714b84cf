package io.headworks.connector.files.csv;

import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.ScanColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file ready to be scanned.
 *
 * @param columns the extract's columns, each with its place in this file
 */
record CsvFile(CsvProfile profile, FileDates dates, List<ScanColumn> columns) {

    /** @param encoding the encoding of the bytes that will be read */
    CsvDialect dialect(String encoding) {
        CsvSyntax syntax = profile.syntax();
        return new CsvDialect(
                syntax.delimiter(),
                text(syntax.quote()),
                text(syntax.escape()),
                profile.hasHeader(),
                profile.skip(),
                text(syntax.comment()),
                encoding,
                String.valueOf(profile.decimal()),
                profile.nulls(),
                dates.dateFormat(),
                dates.timestampFormat(),
                profile.columns());
    }

    private static @Nullable String text(@Nullable Character character) {
        return character == null ? null : character.toString();
    }
}
