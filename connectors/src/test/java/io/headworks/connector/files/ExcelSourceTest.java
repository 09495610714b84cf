package io.headworks.connector.files;

import static io.headworks.connector.files.FilesFixture.extract;
import static io.headworks.testkit.files.ReadingBuilder.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.SourceState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcelSourceTest {
    private FilesFixture files;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        files = new FilesFixture(folder);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private void workbook(Consumer<Workbook> content) throws IOException {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (Workbook workbook = new Workbook(bytes, "Test", "1.0")) {
                content.accept(workbook);
            }
            files.write("orders.xlsx", bytes.toByteArray());
        }
    }

    /** A workbook of one sheet as XML, for what no writer writes. */
    private void sheet(String rows, String format) throws IOException {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
                String offices = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
                String packages = "http://schemas.openxmlformats.org/package/2006/";
                String sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
                entry(
                        zip,
                        "[Content_Types].xml",
                        "<Types xmlns=\"" + packages + "content-types\">"
                                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + sheets
                                + "sheet.main+xml\"/>"
                                + "<Override PartName=\"/xl/styles.xml\" ContentType=\"" + sheets + "styles+xml\"/>"
                                + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" + sheets
                                + "worksheet+xml\"/></Types>");
                entry(
                        zip,
                        "_rels/.rels",
                        "<Relationships xmlns=\"" + packages + "relationships\"><Relationship Id=\"r1\" Type=\""
                                + offices + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
                entry(
                        zip,
                        "xl/workbook.xml",
                        "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + offices
                                + "\"><sheets><sheet name=\"Orders\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
                entry(
                        zip,
                        "xl/_rels/workbook.xml.rels",
                        "<Relationships xmlns=\"" + packages + "relationships\">"
                                + "<Relationship Id=\"r1\" Type=\"" + offices
                                + "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                + "<Relationship Id=\"r2\" Type=\"" + offices
                                + "/styles\" Target=\"styles.xml\"/></Relationships>");
                entry(
                        zip,
                        "xl/styles.xml",
                        "<styleSheet xmlns=\"" + main + "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\""
                                + " formatCode=\"" + format + "\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/>"
                                + "<xf numFmtId=\"164\"/></cellXfs></styleSheet>");
                entry(
                        zip,
                        "xl/worksheets/sheet1.xml",
                        "<worksheet xmlns=\"" + main + "\"><sheetData>" + rows + "</sheetData></worksheet>");
            }
            files.write("orders.xlsx", bytes.toByteArray());
        }
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String header(String... names) {
        StringBuilder row = new StringBuilder("<row r=\"1\">");
        for (int i = 0; i < names.length; i++) {
            row.append("<c r=\"")
                    .append((char) ('A' + i))
                    .append("1\" t=\"inlineStr\"><is><t>")
                    .append(names[i])
                    .append("</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    private Rows read(FileReading reading, String... columns) throws IOException {
        Extract extract = extract("orders.xlsx", reading, columns);
        SourceState state = files.source.observe(extract, null);
        return Rows.of(files.source.rows(extract, state, null, state.files()));
    }

    @Test
    void cellsKeepTheirKinds() throws IOException {
        workbook(workbook -> {
            Worksheet sheet = workbook.newWorksheet("Orders");
            String[] names = {"id", "amount", "name", "paid", "day", "at", "mixed"};
            for (int i = 0; i < names.length; i++) {
                sheet.value(0, i, names[i]);
            }
            sheet.value(1, 0, 1);
            sheet.value(1, 1, new BigDecimal("10.50"));
            sheet.value(1, 2, "007");
            sheet.value(1, 3, true);
            sheet.value(1, 4, LocalDate.of(2024, 2, 29));
            sheet.style(1, 4).format("yyyy-mm-dd").set();
            sheet.value(1, 5, LocalDateTime.of(2024, 2, 29, 13, 45, 30));
            sheet.style(1, 5).format("dd/mm/yyyy hh:mm:ss").set();
            sheet.value(1, 6, "a");
            sheet.value(3, 0, 2);
            sheet.value(3, 1, 0.1 + 0.2);
            sheet.value(3, 6, 5);
        });

        Rows rows = read(FileReading.DEFAULT);

        assertThat(rows.schema())
                .containsExactly(
                        "id bigint",
                        "amount decimal(18,2)",
                        "name text",
                        "paid boolean",
                        "day date",
                        "at timestamp",
                        "mixed text");
        assertThat(rows.values())
                .containsExactly(
                        List.of("1", "1050", "007", "1", "19782", "1709214330000000", "a"),
                        List.of("2", "30", "NULL", "NULL", "NULL", "NULL", "5"));
        assertThat(rows.rejects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "yyyy-mm-dd | 45351 | day date | 2024-02-29",
                "[$-409]d\\-mmm\\-yy;@ | 45351 | day date | 2024-02-29",
                "h:mm | 0.5 | day time | 12:00:00",
                "h:mm | 45351.5 | day timestamp | 2024-02-29T12:00:00",
                "yyyy | 45351.25 | day timestamp | 2024-02-29T06:00:00",
                "0.00 | 45351.5 | day decimal(18,1) | 45351.5",
                "&quot;days&quot; 0 | 3 | day bigint | 3",
                "[Red]#,##0 | 3 | day bigint | 3",
                "General | 3 | day bigint | 3"
            })
    void aNumberIsADateWhereItsFormatSaysSo(String format, String stored, String column, String text)
            throws IOException {
        sheet(header("day") + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>" + stored + "</v></c></row>", format);

        assertThat(read(FileReading.DEFAULT).schema()).containsExactly(column);
        assertThat(read(FileReading.DEFAULT, "day:text").values()).containsExactly(List.of(text));
    }

    @Test
    void cellsThatSayNothingCertainRejectTheirRow() throws IOException {
        sheet(
                header("id", "amount", "day")
                        + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"e\"><v>#DIV/0!</v></c></row>"
                        + "<row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\"><f>A3*2</f></c></row>"
                        + "<row r=\"4\"><c r=\"A4\"><v>3</v></c><c r=\"D4\"><v>9</v></c></row>"
                        + "<row r=\"5\"><c r=\"A5\"><v>4</v></c><c r=\"C5\" s=\"1\"><v>59</v></c></row>"
                        + "<row r=\"6\"><c r=\"A6\"><v>5</v></c><c r=\"B6\"><f>A6*2</f><v>10</v></c></row>"
                        + "<row r=\"8\"><c r=\"A8\"><v>7</v></c><c r=\"B8\" t=\"e\"><f>1/0</f><v>#N/A</v></c></row>"
                        + "<row r=\"9\"><c r=\"A9\"><v>6</v></c><c r=\"B9\" t=\"str\"><v>many</v></c></row>",
                "yyyy-mm-dd");

        Rows rows = read(FileReading.DEFAULT, "id:bigint", "amount:bigint", "day:date");

        assertThat(rows.values()).containsExactly(List.of("5", "10", "NULL"));
        assertThat(rows.rejects())
                .extracting(RejectedRow::line, RejectedRow::reason)
                .containsExactly(
                        tuple(2L, "cell B2 holds the error #DIV/0!"),
                        tuple(3L, "cell B3 has a formula that was never computed"),
                        tuple(4L, "cell D4 stands under no header"),
                        tuple(
                                5L,
                                "cell C5 is formatted as a date, and 59 is no day that Excel counts for sure"
                                        + " (1900-03-01 to 9999-12-31)"),
                        tuple(8L, "cell B8 holds the error #N/A"),
                        tuple(9L, "'many' is no bigint"));
        assertThat(rows.rejects().get(1).raw()).contains("\"id\":2");
    }

    @Test
    void oneSheetIsReadAndNeverAGuessedOne() throws IOException {
        Consumer<Workbook> two = workbook -> {
            for (String name : List.of("Orders", "Refunds")) {
                Worksheet sheet = workbook.newWorksheet(name);
                sheet.value(0, 0, "a title over all");
                sheet.value(2, 0, "kind");
                sheet.value(3, 0, name);
            }
            Worksheet hidden = workbook.newWorksheet("Lists");
            hidden.value(0, 0, "x");
            hidden.setVisibilityState(VisibilityState.HIDDEN);
        };
        workbook(two);

        assertThatThrownBy(() -> read(FileReading.DEFAULT))
                .hasMessageContaining(
                        "it has 2 visible sheets: name one with files.options.sheet (Orders, Refunds, Lists)");
        assertThatThrownBy(() -> read(reading().sheet("orders").build()))
                .hasMessageContaining("it has no sheet 'orders' (sheets: Orders, Refunds, Lists)");
        assertThat(read(reading().sheet("Refunds").skip(2).build()).values()).containsExactly(List.of("Refunds"));
    }

    @Test
    void whatIsNoWorkbookIsRefusedByName() throws IOException {
        files.write("orders.xlsx", "id,amount\n");
        assertThatThrownBy(() -> read(FileReading.DEFAULT))
                .hasMessageContaining("orders.xlsx: it is no workbook (xlsx)");
        files.write("orders.xlsx", new byte[] {
            (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0, 0
        });
        assertThatThrownBy(() -> read(FileReading.DEFAULT)).hasMessageContaining("the old form (xls) or locked");
        workbook(workbook -> workbook.newWorksheet("Orders").value(0, 0, "id"));
        byte[] whole = Files.readAllBytes(files.data().resolve("orders.xlsx"));
        files.write("orders.xlsx", java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> read(FileReading.DEFAULT)).hasMessageContaining("Cannot read orders.xlsx: ");
    }
}
