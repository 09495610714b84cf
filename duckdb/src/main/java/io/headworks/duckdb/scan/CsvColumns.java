package io.headworks.duckdb.scan;

import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a scan over texts, in two steps: a SELECT that names each text {@code t} and the engine's cast of it
 * {@code v}, and expressions over it that prove each value.
 *
 * Texts that are plain are cast and need no proof.
 */
final class CsvColumns {
    private final List<@Nullable TextValue> values = new ArrayList<>();
    private final List<ScanColumn> columns;
    private final StringBuilder inner = new StringBuilder();

    CsvColumns(Csv scan, FileValues files, FieldName fields, @Nullable String line, BitSet plain) {
        this.columns = scan.columns();
        for (int i = 0; i < columns.size(); i++) {
            ScanColumn column = columns.get(i);
            String text = "t" + i;
            inner.append(inner.isEmpty() ? "" : ", ")
                    .append(source(column, files, fields, line))
                    .append(" AS ")
                    .append(text);
            TextValue value = hasText(column) ? value(column, text, "v" + i, scan, plain) : null;
            values.add(value);
            if (value != null && value.parsed() != null) {
                inner.append(", ").append(value.parsed()).append(" AS v").append(i);
            }
        }
    }

    private static TextValue value(ScanColumn column, String text, String parsed, Csv scan, BitSet plain) {
        if (column.origin() == ScanColumn.Origin.DATA && plain.get(column.sourceIndex())) {
            return TextValue.plain(column.type(), text, scan.dialect());
        }
        return TextValue.of(
                column.name(),
                column.type(),
                text,
                parsed,
                column.origin() == ScanColumn.Origin.DATA ? scan.dialect() : null);
    }

    /** What the texts of a field of the file are called. */
    interface FieldName {
        String of(int field);
    }

    private static String source(ScanColumn column, FileValues files, FieldName fields, @Nullable String line) {
        return switch (column.origin()) {
            case DATA -> fields.of(column.sourceIndex());
            case PATH_VALUE -> files.text(stamp -> stamp.pathValues().get(column.sourceName()));
            case PATH -> files.text(FileStamp::path);
            case LINE -> {
                if (line == null) {
                    throw new IllegalStateException("lines are known after a careful reading only");
                }
                yield line;
            }
            case ABSENT -> "CAST(NULL AS " + DuckTypes.spelling(column.type()) + ")";
        };
    }

    private static boolean hasText(ScanColumn column) {
        return column.origin() == ScanColumn.Origin.DATA
                || column.origin() == ScanColumn.Origin.PATH_VALUE
                || column.origin() == ScanColumn.Origin.PATH;
    }

    /** The list for the inner SELECT. */
    String inner() {
        return inner.toString();
    }

    /** The typed columns; those of a row with a misfit mean nothing. */
    String outer() {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ScanColumn column = columns.get(i);
            TextValue text = values.get(i);
            String value =
                    text == null ? "CAST(t" + i + " AS " + DuckTypes.spelling(column.type()) + ")" : text.value();
            out.add(value + " AS " + DuckSql.name(column.name()));
        }
        return String.join(", ", out);
    }

    /** A condition that holds for rows without a misfit, and fails with an error for any other; empty when none can have one. */
    String orElse(String error) {
        String quick = proved(TextValue::quick);
        if (quick.isEmpty()) {
            return "";
        }
        return " WHERE CASE WHEN " + quick + " THEN true WHEN (" + firstMisfit() + ") IS NULL THEN true ELSE " + error
                + " END";
    }

    private String proved(Function<TextValue, String> condition) {
        return values.stream()
                .filter(Objects::nonNull)
                .filter(value -> !value.always())
                .map(condition)
                .collect(Collectors.joining(" AND "));
    }

    /** The index of the first column whose text does not fit; NULL when all do. */
    String firstMisfit() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            TextValue text = values.get(i);
            if (text != null && !text.always()) {
                out.append(" WHEN ").append(text.misfit()).append(" THEN ").append(i);
            }
        }
        return out.isEmpty() ? "CAST(NULL AS INTEGER)" : "CASE" + out + " END";
    }

    /** The texts, NULL for columns without. */
    String texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            texts.add(hasText(columns.get(i)) ? "t" + i : "CAST(NULL AS VARCHAR)");
        }
        return String.join(", ", texts);
    }

    /** The texts as a JSON object. */
    String payload() {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (hasText(columns.get(i))) {
                members.add(DuckSql.text(columns.get(i).name()) + ", t" + i);
            }
        }
        return "CAST(json_object(" + String.join(", ", members) + ") AS VARCHAR)";
    }
}
