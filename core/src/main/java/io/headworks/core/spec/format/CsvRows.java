package io.headworks.core.spec.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads small CSV files of a project: commas, double quotes doubled inside quotes, empty lines skipped (RFC 4180). */
final class CsvRows {
    private final String text;
    private int at;
    private int line = 1;

    private CsvRows(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** A record; {@code quoted} are the indexes of the cells that stand in quotes. */
    record Row(int line, List<String> cells, BitSet quoted) {
        boolean isQuoted(int cell) {
            return quoted.get(cell);
        }
    }

    static List<Row> read(String text) {
        CsvRows reader = new CsvRows(text);
        List<Row> rows = new ArrayList<>();
        while (reader.at < reader.text.length()) {
            int line = reader.line;
            BitSet quoted = new BitSet();
            List<String> cells = reader.cells(quoted);
            if (!cells.equals(List.of("")) || quoted.get(0)) {
                rows.add(new Row(line, cells, quoted));
            }
        }
        return rows;
    }

    private List<String> cells(BitSet quoted) {
        List<String> cells = new ArrayList<>();
        quoted.set(0, isQuote());
        cells.add(cell());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            quoted.set(cells.size(), isQuote());
            cells.add(cell());
        }
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        return cells;
    }

    private boolean isQuote() {
        return at < text.length() && text.charAt(at) == '"';
    }

    private String cell() {
        StringBuilder out = new StringBuilder();
        boolean quoted = isQuote();
        at += quoted ? 1 : 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quoted && c == '"') {
                boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == '"';
                quoted = doubled;
                at += doubled ? 1 : 0;
                if (doubled) {
                    out.append('"');
                }
            } else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
                break;
            } else {
                line += c == '\n' ? 1 : 0;
                out.append(c);
            }
            at++;
        }
        return out.toString();
    }
}
