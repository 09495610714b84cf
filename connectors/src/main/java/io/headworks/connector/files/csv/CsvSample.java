package io.headworks.connector.files.csv;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The beginning of a file read by one syntax, and how well it fits.
 *
 * @param syntax the syntax
 * @param rows the records without fault, as texts; {@code null} stands for none
 * @param lines the line on which each of them starts
 * @param faults records with a fault
 * @param quotedFields fields in quotes
 */
record CsvSample(CsvSyntax syntax, List<List<String>> rows, List<Long> lines, int faults, int quotedFields) {

    private static final int MAX_PREAMBLE = 50;

    /** @param complete whether the text is the whole file; when not, its last record is left out */
    static CsvSample of(String text, boolean complete, CsvSyntax syntax, int skip) {
        CsvRecords records = new CsvRecords(new StringReader(text), syntax);
        List<List<String>> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        int faults = 0;
        int quoted = 0;
        boolean lastGood = false;
        try {
            records.skipLines(skip);
            while (records.next()) {
                lastGood = records.fault() == null;
                if (!lastGood) {
                    faults++;
                    continue;
                }
                List<String> row = new ArrayList<>(records.fields());
                for (int i = 0; i < records.fields(); i++) {
                    row.add(records.field(i));
                    quoted += records.isQuoted(i) ? 1 : 0;
                }
                rows.add(row);
                lines.add(records.line());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!complete && lastGood && rows.size() > 1) {
            rows.remove(rows.size() - 1);
            lines.remove(lines.size() - 1);
        } else if (!complete && !lastGood && faults > 0) {
            faults--;
        }
        return new CsvSample(syntax, rows, lines, faults, quoted);
    }

    /** The number of fields most records have; the larger one where two are equally frequent; 0 without records. */
    int width() {
        Map<Integer, Integer> frequency = new HashMap<>();
        rows.forEach(row -> frequency.merge(row.size(), 1, Integer::sum));
        return frequency.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /**
     * Records before the table: those of one field, and those that begin with {@code #}, as long as their width is not
     * the table's.
     */
    int preamble() {
        int width = width();
        int at = 0;
        while (at < rows.size() && at < MAX_PREAMBLE && rows.get(at).size() != width) {
            boolean remark = rows.get(at).get(0).startsWith("#");
            if (rows.get(at).size() > 1 && !remark) {
                return 0;
            }
            at++;
        }
        return at < rows.size() && at < MAX_PREAMBLE ? at : 0;
    }

    /** The share of records after the preamble that have the width of the table and no fault. */
    double consistency() {
        int width = width();
        int preamble = preamble();
        long good =
                rows.stream().skip(preamble).filter(row -> row.size() == width).count();
        int all = rows.size() - preamble + faults;
        return all == 0 ? 0 : (double) good / all;
    }

    /** True when the first record after the preamble has another width than the table. */
    boolean hasOddHeader() {
        return !rows.isEmpty() && rows.get(preamble()).size() != width();
    }

    boolean readsLike(CsvSample other) {
        return faults == other.faults && rows.equals(other.rows);
    }
}
