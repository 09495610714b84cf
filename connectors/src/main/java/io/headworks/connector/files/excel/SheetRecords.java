package io.headworks.connector.files.excel;

import io.headworks.connector.files.json.JsonRecord;
import io.headworks.connector.files.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet below its header. Rows without a value are left out, hidden ones are not. */
final class SheetRecords implements JsonRecords {
    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final CellValues values;
    private final Map<Integer, String> header = new TreeMap<>();

    /** @param skip rows before the header */
    SheetRecords(ReadableWorkbook workbook, Sheet sheet, int skip) throws IOException {
        this.workbook = workbook;
        this.stream = sheet.openStream();
        this.rows = stream.iterator();
        this.values = new CellValues(workbook.isDate1904());
        readHeader(skip);
    }

    private void readHeader(int skip) throws IOException {
        for (Row row = row(); row != null; row = row()) {
            if (row.getRowNum() > skip && !isEmpty(row)) {
                for (Cell cell : row) {
                    if (!isEmpty(cell)) {
                        name(cell);
                    }
                }
                return;
            }
        }
    }

    private void name(Cell cell) throws IOException {
        if (cell.getType() != CellType.STRING) {
            throw new IOException("cell " + cell.getAddress() + " of the header row is no text (" + cell.getRawValue()
                    + "): rows before the header are left out with files.options.skip");
        }
        String name = cell.asString();
        if (header.containsValue(name)) {
            throw new IOException("two columns of the header row are named '" + name + "'");
        }
        header.put(cell.getColumnIndex(), name);
    }

    @Override
    public @Nullable JsonRecord next() throws IOException {
        for (Row row = row(); row != null; row = row()) {
            if (!isEmpty(row)) {
                return record(row);
            }
        }
        return null;
    }

    private JsonRecord record(Row row) {
        JsonRecord.Builder record = new JsonRecord.Builder();
        for (Cell cell : row) {
            if (isEmpty(cell)) {
                continue;
            }
            String name = header.get(cell.getColumnIndex());
            if (name == null) {
                record.fault("cell " + cell.getAddress() + " stands under no header");
            } else {
                values.add(name, cell, record);
            }
        }
        return record.build(row.getRowNum());
    }

    private @Nullable Row row() throws IOException {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (ExcelReaderException | UncheckedIOException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    private static boolean isEmpty(Row row) {
        for (Cell cell : row) {
            if (!isEmpty(cell)) {
                return false;
            }
        }
        return true;
    }

    /** A formula without its value is not empty: it was never computed. */
    private static boolean isEmpty(@Nullable Cell cell) {
        return cell == null
                || cell.getType() == CellType.EMPTY
                || (cell.getFormula() == null
                        && (cell.getRawValue() == null || cell.getRawValue().isEmpty()));
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
