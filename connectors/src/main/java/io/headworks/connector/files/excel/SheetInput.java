package io.headworks.connector.files.excel;

import io.headworks.api.source.FileReading.Options;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.connector.files.json.JsonRecords;
import io.headworks.connector.files.json.RecordInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** Opens one sheet of workbooks: the one named, or the only one that is visible. */
public final class SheetInput implements RecordInput {
    /** A workbook's texts are held in memory, and a few kilobytes can unpack to more than there is. */
    private static final long MAX_UNPACKED = 2L << 30;

    private static final int SIGNATURE_BYTES = 8;

    private final @Nullable String sheet;
    private final int skip;

    public SheetInput(Options options) {
        this.sheet = options.sheet();
        this.skip = options.skip() == null ? 0 : options.skip();
    }

    @Override
    public JsonRecords open(InputFile file) throws IOException {
        requireWorkbook(file.path());
        ReadableWorkbook workbook = new ReadableWorkbook(file.path().toFile(), new ReadingOptions(true, true));
        try {
            return new SheetRecords(workbook, chosen(workbook), skip);
        } catch (ExcelReaderException broken) {
            workbook.close();
            throw new IOException(broken.getMessage(), broken);
        } catch (IOException | RuntimeException failed) {
            workbook.close();
            throw failed;
        }
    }

    private Sheet chosen(ReadableWorkbook workbook) throws IOException {
        List<Sheet> all = workbook.getSheets().toList();
        List<Sheet> found = all.stream()
                .filter(each -> sheet == null
                        ? each.getVisibility() == SheetVisibility.VISIBLE
                        : each.getName().equals(sheet))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String names = String.join(", ", all.stream().map(Sheet::getName).toList());
        throw new IOException(
                sheet == null
                        ? "it has " + found.size() + " visible sheets: name one with files.options.sheet (" + names
                                + ")"
                        : "it has no sheet '" + sheet + "' (sheets: " + names + ")");
    }

    private static void requireWorkbook(Path file) throws IOException {
        byte[] signature;
        try (InputStream in = Files.newInputStream(file)) {
            signature = in.readNBytes(SIGNATURE_BYTES);
        }
        if (ReadableWorkbook.isOLE2Header(signature)) {
            throw new IOException("it is a workbook of the old form (xls) or locked with a password: save it as xlsx,"
                    + " without a password");
        }
        long unpacked = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                unpacked += Math.max(0, entries.nextElement().getSize());
            }
        } catch (ZipException broken) {
            throw new IOException("it is no workbook (xlsx): " + broken.getMessage(), broken);
        }
        if (unpacked > MAX_UNPACKED) {
            throw new IOException("it unpacks to " + unpacked + " bytes (allowed: " + MAX_UNPACKED + ")");
        }
    }
}
