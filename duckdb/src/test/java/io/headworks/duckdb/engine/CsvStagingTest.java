package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvStagingTest {
    @TempDir
    Path folder;

    private DuckDbEngine engine;
    private DuckDbSession session;

    @BeforeEach
    void open() throws Exception {
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
        session = engine.session("run", Files.createDirectories(folder.resolve("run")), new Cancellation());
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private Staged stage(Scan scan) {
        Staged staged = session.stage("extract", new RowSource.InPlace(scan));
        assertThat(staged.count()).isEqualTo(session.count(staged.rows()));
        assertThat(staged.rejected()).isEqualTo(session.count(staged.rejects()));
        return staged;
    }

    /** Rows as texts of their columns, joined by |, in the order of SEQ. */
    private List<String> rows(Relation relation) {
        int width = relation.schema().fields().size();
        return session.sql()
                .query(
                        "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + relation.sql() + ") AS r ORDER BY r._hw_seq",
                        row -> {
                            List<String> values = new ArrayList<>();
                            for (int i = 1; i <= width; i++) {
                                values.add(row.getString(i));
                            }
                            return String.join(
                                    "|", values.stream().map(String::valueOf).toList());
                        });
    }

    private List<String> rejects(Staged staged) {
        return session.sql()
                .query(
                        "SELECT source, line, byte_offset, code, column_name, reason, raw FROM ("
                                + staged.rejects().sql() + ") ORDER BY source, byte_offset",
                        row -> row.getString(1) + ":" + row.getLong(2) + " @" + row.getLong(3) + " " + row.getString(4)
                                + " " + row.getString(5) + " " + row.getString(6) + " <" + row.getString(7) + ">");
    }

    /** Values of one column: those kept, and texts of those rejected. */
    private void assertValues(String type, List<String> kept, List<String> rejected, String... texts) throws Exception {
        StringBuilder content = new StringBuilder();
        for (String text : texts) {
            content.append("x,").append(text).append('\n');
        }
        InputFile file = CsvFiles.write(folder, "values.csv", content.toString());
        Staged staged = stage(CsvFiles.scan(file, "text", type));
        assertThat(rows(staged.rows()).stream().map(row -> row.substring(2)))
                .as(type)
                .containsExactlyElementsOf(kept);
        assertThat(session.sql()
                        .query(
                                "SELECT raw FROM (" + staged.rejects().sql() + ") ORDER BY line",
                                row -> row.getString(1).substring(2)))
                .as(type)
                .containsExactlyElementsOf(rejected);
    }

    @Nested
    class Values {
        @Test
        void ofIntegersKeepEveryDigit() throws Exception {
            assertValues(
                    "bigint",
                    List.of("1", "-7", "5", "7", "12", "1", "9223372036854775807", "null"),
                    List.of("1.5", ".5", "1e-1", "0x10", "1_000", "9223372036854775808", "1 000", "NaN", "١٢"),
                    "1",
                    "-7",
                    "+5",
                    "007",
                    " 12 ",
                    "1.0",
                    "9223372036854775807",
                    "",
                    "1.5",
                    ".5",
                    "1e-1",
                    "0x10",
                    "1_000",
                    "9223372036854775808",
                    "1 000",
                    "NaN",
                    "١٢");
        }

        @Test
        void ofDecimalsKeepEveryDigit() throws Exception {
            assertValues(
                    "decimal(18,2)",
                    List.of("1.23", "1.20", "5.00", "0.50", "1.23", "-0.01", "9999999999999999.99"),
                    List.of("1.239", "1.005", "1_0.5", "0x1", "inf", "99999999999999999.99", "1,5x"),
                    "1.23",
                    "1.2",
                    "5",
                    ".5",
                    "1.2300",
                    "-.01",
                    "9999999999999999.99",
                    "1.239",
                    "1.005",
                    "1_0.5",
                    "0x1",
                    "inf",
                    "99999999999999999.99",
                    "\"1,5x\"".replace("\"", ""));
        }

        @Test
        void ofDatesAreNeverGuessed() throws Exception {
            assertValues(
                    "date",
                    List.of("2024-02-29", "2024-02-09", "2024-02-29"),
                    List.of(
                            "2024-02-30",
                            "24-02-29",
                            "2024-02-29 10:00:00",
                            "2024-02-29x",
                            "29-02-2024",
                            "epoch",
                            "2024-02-29 BC"),
                    "2024-02-29",
                    "2024-2-9",
                    "2024-02-29 00:00:00",
                    "2024-02-30",
                    "24-02-29",
                    "2024-02-29 10:00:00",
                    "2024-02-29x",
                    "29-02-2024",
                    "epoch",
                    "2024-02-29 BC");
        }

        @Test
        void ofTimestampsLoseNoZoneAndNoDigits() throws Exception {
            assertValues(
                    "timestamp",
                    List.of(
                            "2024-02-29 10:00:00",
                            "2024-02-29 10:00:00",
                            "2024-02-29 10:00:00.123456",
                            "2024-02-29 00:00:00"),
                    List.of(
                            "2024-02-29T10:00:00+02:00",
                            "2024-02-29 10:00:00.1234567",
                            "2024-02-29 10:00: 5",
                            "2024-02-29 23:59:60",
                            "2024-02-29 10:00:00 Europe/Rome",
                            "2024-02-29 10:00:00 Nowhere"),
                    "2024-02-29 10:00:00",
                    "2024-02-29T10:00:00",
                    "2024-02-29 10:00:00.123456",
                    "2024-02-29",
                    "2024-02-29T10:00:00+02:00",
                    "2024-02-29 10:00:00.1234567",
                    "2024-02-29 10:00: 5",
                    "2024-02-29 23:59:60",
                    "2024-02-29 10:00:00 Europe/Rome",
                    "2024-02-29 10:00:00 Nowhere");
            assertValues(
                    "timestamptz",
                    List.of("2024-02-29 10:00:00+00", "2024-02-29 08:00:00+00"),
                    List.of("2024-02-29 10:00:00", "2024-02-29 10:00:00.1234567Z"),
                    "2024-02-29T10:00:00Z",
                    "2024-02-29T10:00:00+02:00",
                    "2024-02-29 10:00:00",
                    "2024-02-29 10:00:00.1234567Z");
        }

        @Test
        void ofDoublesDoNotBecomeInfinite() throws Exception {
            assertValues(
                    "double",
                    List.of("0.1", "-1e+20", "nan", "inf", "0.0"),
                    List.of("1e400", "1_000.5", "0x1p3", "1.5f"),
                    "0.1",
                    "-1e20",
                    "NaN",
                    "Infinity",
                    "0",
                    "1e400",
                    "1_000.5",
                    "0x1p3",
                    "1.5f");
        }

        @Test
        void followTheDeclaredFormatAndDecimalComma() throws Exception {
            InputFile file = CsvFiles.write(
                    folder,
                    "de.csv",
                    "31.12.2024;1234,50\n2024-12-31;1,5\n30.02.2024;1,5\n1.1.2025;1.234,5\n1.1.2025;7\n");
            CsvDialect dialect =
                    new CsvDialect(";", "\"", null, false, 0, null, "utf-8", ",", List.of(""), "%d.%m.%Y", null, 2);
            Staged staged = stage(new Scan.Csv(List.of(file), dialect, CsvFiles.columns("date", "decimal(9,2)")));
            assertThat(rows(staged.rows())).containsExactly("2024-12-31|1234.50", "2025-01-01|7.00");
            assertThat(staged.rejected()).isEqualTo(3);
        }

        @Test
        void quotedAndNotAreToldApartWhereNullsAreConcerned() throws Exception {
            InputFile file = CsvFiles.write(folder, "n.csv", "\"\",\"\"\n,\n\"NULL\",\"NULL\"\nNULL,NULL\n");
            Staged staged = stage(CsvFiles.scan(file, "text", "integer"));
            assertThat(rows(staged.rows())).containsExactly("|null", "null|null", "NULL|null", "null|null");
        }
    }

    @Nested
    class Records {
        private Staged three(String content) throws Exception {
            return stage(CsvFiles.scan(CsvFiles.write(folder, "in/r.csv", content), "integer", "text", "integer"));
        }

        @Test
        void thatAreMalformedAreRejectedWithTheirPlace() throws Exception {
            Staged staged = three("1,a,1\n2,b\n3,c,3,3\n4,d\"e,4\n5,\"f\"g,5\n6,h,6\n7,i,x\n8,j,8\n");
            assertThat(rows(staged.rows())).containsExactly("1|a|1", "6|h|6", "8|j|8");
            assertThat(rejects(staged))
                    .containsExactly(
                            "in/r.csv:2 @6 malformed null the record has 2 fields, 3 expected <2,b>",
                            "in/r.csv:3 @10 malformed null the record has 4 fields, 3 expected <3,c,3,3>",
                            "in/r.csv:4 @18 malformed b a quote stands inside an unquoted field <4,d\"e,4>",
                            "in/r.csv:5 @26 malformed b text follows a closing quote <5,\"f\"g,5>",
                            "in/r.csv:7 @41 value c column 'c' holds 'x', which does not fit integer exactly <7,i,x>");
        }

        @Test
        void overSeveralLinesKeepTheirPlace() throws Exception {
            Staged staged = three("\uFEFF1,\"a\r\nb\",1\r\n\r\n2,\"c\nd\",x\r\n3,e,3\r\n");
            assertThat(rows(staged.rows())).containsExactly("1|a\r\nb|1", "3|e|3");
            assertThat(rejects(staged))
                    .containsExactly(
                            "in/r.csv:4 @17 value c column 'c' holds 'x', which does not fit integer exactly <2,\"c\nd\",x>");
        }

        @Test
        void swallowedByAStrayQuoteAreAllCounted() throws Exception {
            Staged staged = three("1,a,1\n2,\"b,2\n3,c,3\n4,d\",x\"y\n5,e,5\n6,\"f,6\n7,g,7\n");
            assertThat(rows(staged.rows())).containsExactly("1|a|1", "5|e|5");
            assertThat(staged.rejected()).isEqualTo(5);
        }

        @Test
        void keepNulAndLongCells() throws Exception {
            String big = "x".repeat(10_000_000);
            Staged staged = three("1,a\0b,1\n2," + big + ",2\n3,\"" + big + "\n" + big + "\",3\n4,z,4\n");
            assertThat(staged.rejected()).isZero();
            assertThat(session.sql()
                            .query(
                                    "SELECT length(b), strlen(b) FROM ("
                                            + staged.rows().sql() + ") ORDER BY a",
                                    row -> row.getLong(2)))
                    .containsExactly(3L, 10_000_000L, 20_000_001L, 1L);
        }

        @Test
        void thatAreNoUtf8AreRejected() throws Exception {
            byte[] bytes = "1,a\u00e9,1\n2,b,2\n".getBytes(StandardCharsets.ISO_8859_1);
            Staged staged = stage(CsvFiles.scan(CsvFiles.write(folder, "l.csv", bytes), "integer", "text", "integer"));
            assertThat(rows(staged.rows())).containsExactly("2|b|2");
            assertThat(rejects(staged)).containsExactly("l.csv:1 @0 encoding b the text is not UTF-8 <1,a\\xE9,1>");
        }

        @Test
        void ofMixedLineEndsAndCommentsAndSkippedLines() throws Exception {
            InputFile file =
                    CsvFiles.write(folder, "m.csv", "a \"report\nof 2024\n# x\na,b\n1,x#y\r\n#2,no\n\n3,z\r4,\"#\"");
            CsvDialect dialect =
                    new CsvDialect(",", "\"", "\"", true, 2, "#", "utf-8", ".", List.of(""), null, null, 2);
            Staged staged = stage(new Scan.Csv(List.of(file), dialect, CsvFiles.columns("integer", "text")));
            assertThat(rows(staged.rows())).containsExactly("1|x#y", "3|z", "4|#");
        }

        @Test
        void ofOneFieldCountBlankLines() throws Exception {
            InputFile file = CsvFiles.write(folder, "one.csv", "1\n\n2\n");
            assertThat(rows(stage(CsvFiles.scan(file, "integer")).rows())).containsExactly("1", "null", "2");
        }

        @Test
        void longerThanTheLimitAreRejectedInBoundedMemory() throws Exception {
            Path file = folder.resolve("long.csv");
            try (var out = Files.newBufferedWriter(file)) {
                out.write("1,a,1\n2,");
                for (int i = 0; i < 40; i++) {
                    out.write("y".repeat(1 << 20));
                }
                out.write(",2\n3,b,3\n");
            }
            Staged staged =
                    stage(CsvFiles.scan(CsvFiles.input(file, "long.csv", Map.of()), "integer", "text", "integer"));
            assertThat(rows(staged.rows())).containsExactly("1|a|1", "3|b|3");
            assertThat(session.sql()
                            .query(
                                    "SELECT line, byte_offset, code, length(raw) FROM ("
                                            + staged.rejects().sql() + ")",
                                    row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                                            + row.getString(4)))
                    .containsExactly("2 6 too-long 65536");
        }
    }

    @Nested
    class SeveralFiles {
        @Test
        void giveTheirPathsAndValues() throws Exception {
            InputFile clean = CsvFiles.write(folder, "dt=2024-01-01/a.csv", "x,y\n1,2\n");
            InputFile dirty = CsvFiles.write(folder, "dt=2024-01-02/b[1]*.csv", "x,y\n3,4\n5,z\n");
            List<InputFile> files = List.of(
                    CsvFiles.input(clean.path(), "dt=2024-01-01/a.csv", Map.of("dt", "2024-01-01")),
                    CsvFiles.input(dirty.path(), "dt=2024-01-02/b[1]*.csv", Map.of("dt", "2024-01-02")));
            CsvDialect dialect =
                    new CsvDialect(",", "\"", "\"", true, 0, null, "utf-8", ".", List.of(""), null, null, 2);
            Scan.Csv scan = CsvFiles.scan(
                    files,
                    dialect,
                    new ScanColumn("y", DataType.BIGINT, ScanColumn.Origin.DATA, "y", 1),
                    new ScanColumn("dt", DataType.Simple.DATE, ScanColumn.Origin.PATH_VALUE, "dt", -1),
                    new ScanColumn("file", DataType.TEXT, ScanColumn.Origin.PATH, "", -1),
                    new ScanColumn("gone", DataType.Simple.DATE, ScanColumn.Origin.ABSENT, "", -1));
            Staged staged = stage(scan);
            assertThat(rows(staged.rows()))
                    .containsExactly(
                            "2|2024-01-01|dt=2024-01-01/a.csv|null", "4|2024-01-02|dt=2024-01-02/b[1]*.csv|null");
            assertThat(rejects(staged))
                    .containsExactly(
                            "dt=2024-01-02/b[1]*.csv:3 @8 value y column 'y' holds 'z', which does not fit bigint exactly <5,z>");
            assertThatThrownBy(() -> session.count(session.materialise("x", session.scan(scan))))
                    .hasMessage(
                            "Cannot read dt=2024-01-02/b[1]*.csv, line 3: column 'y' holds 'z', which does not fit bigint exactly");
        }

        @Test
        void knowTheLine() throws Exception {
            InputFile file = CsvFiles.write(folder, "l.csv", "1,\"a\nb\"\n2,c\n");
            Scan.Csv scan = CsvFiles.scan(
                    List.of(file),
                    CsvFiles.dialect(2),
                    new ScanColumn("a", DataType.BIGINT, ScanColumn.Origin.DATA, "a", 0),
                    new ScanColumn("line", DataType.BIGINT, ScanColumn.Origin.LINE, "", -1));
            assertThat(rows(stage(scan).rows())).containsExactly("1|1", "2|3");
            assertThat(session.count(session.scan(scan))).isEqualTo(2);
        }

        @Test
        void maybeCompressed() throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write("1,a,1\n2,b,x\n".getBytes(StandardCharsets.UTF_8));
            }
            InputFile packed = CsvFiles.write(folder, "p.bin", bytes.toByteArray());
            InputFile plain = CsvFiles.write(folder, "q.csv", "3,c,3\n");
            Staged staged = stage(new Scan.Csv(
                    List.of(packed, plain), CsvFiles.dialect(3), CsvFiles.columns("integer", "text", "integer")));
            assertThat(rows(staged.rows())).containsExactly("1|a|1", "3|c|3");
            assertThat(rejects(staged))
                    .containsExactly(
                            "p.bin:2 @6 value c column 'c' holds 'x', which does not fit integer exactly <2,b,x>");
        }
    }

    @Nested
    class Strictly {
        @Test
        void aScanNamesFileLineAndColumn() throws Exception {
            InputFile file = CsvFiles.write(folder, "in/s.csv", "1,a\n2,\"b\nc\"\n3.5,d\n");
            assertThatThrownBy(() -> session.count(
                            session.materialise("x", session.scan(CsvFiles.scan(file, "bigint", "text")))))
                    .hasMessage(
                            "Cannot read in/s.csv, line 4: column 'a' holds '3.5', which does not fit bigint exactly");
        }

        @Test
        void aScanFailsWhenAFileChangedSinceItsValuesWereProved() throws Exception {
            InputFile file = CsvFiles.write(folder, "in/c.csv", "1,a\n2,b\n");
            Relation rows = session.scan(CsvFiles.scan(file, "bigint", "text"));
            Files.writeString(file.path(), "1,a\n2.5,b\n");
            assertThatThrownBy(() -> session.materialise("x", rows))
                    .hasMessage("Cannot read in/c.csv: it changed while it was being read");
        }

        @Test
        void aScanNamesWhereARecordIsMalformed() throws Exception {
            InputFile ragged = CsvFiles.write(folder, "in/r.csv", "1,a\n2\n");
            assertThatThrownBy(() -> session.count(
                            session.materialise("x", session.scan(CsvFiles.scan(ragged, "bigint", "text")))))
                    .hasMessage("Cannot read in/r.csv, line 2, byte 4: the record has 1 field, 2 expected");
            InputFile bare = CsvFiles.write(folder, "in/b.csv", "1,a\"b\n");
            assertThatThrownBy(() -> session.scan(CsvFiles.scan(bare, "bigint", "text")))
                    .hasMessage(
                            "Cannot read in/b.csv, line 1, byte 0: a quote stands inside an unquoted field (column 'b')");
        }
    }
}
