package io.headworks.connector.files;

import static io.headworks.connector.files.FilesFixture.extract;
import static io.headworks.testkit.files.ReadingBuilder.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.MissingColumns;
import io.headworks.api.source.FileReading.Names;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.Field;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvObservationTest {
    private FilesFixture files;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        files = new FilesFixture(folder);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Nested
    class Types {
        @Test
        void areTheNarrowestThatHoldEveryValueExactly() throws IOException {
            files.write(
                    "a.csv",
                    "id,code,amount,big,ratio,ok,day,at,utc,note,none",
                    "1,007,10.50,9223372036854775807,1e-3,true,2026-03-01,2026-03-01 10:00:00,2026-03-01T10:00:00Z,x,",
                    "-2,010,3.125,9223372036854775808,2.5,FALSE,2026-12-31,2026-03-01 10:00:00.5,2026-03-01T10:00:00+01:00,1,");

            assertThat(observe("a.csv").schema().fields())
                    .extracting(CsvObservationTest::shown)
                    .containsExactly(
                            "id bigint",
                            "code text",
                            "amount decimal(18,3)",
                            "big hugeint",
                            "ratio double",
                            "ok boolean",
                            "day date",
                            "at timestamp",
                            "utc timestamptz",
                            "note text",
                            "none text");
        }

        @Test
        void thatAreDeclaredOrKnownAreKept() throws IOException {
            files.write("a.csv", "id,amount", "1,2");

            assertThat(files.source
                            .observe(extract("a.csv", FileReading.DEFAULT, "id:text", "amount:decimal(18,2)"), null)
                            .schema()
                            .fields())
                    .extracting(CsvObservationTest::shown)
                    .containsExactly("id text", "amount decimal(18,2)");
        }

        @Test
        void comeFromTheLastRowAsMuchAsFromTheFirst() throws IOException {
            StringBuilder text = new StringBuilder("id,v\n");
            for (int i = 0; i < 200_000; i++) {
                text.append(i).append(",5\n");
            }
            files.write("a.csv", StandardCharsets.UTF_8, text + "200000,x\n");

            assertThat(observe("a.csv").schema().fields())
                    .extracting(CsvObservationTest::shown)
                    .containsExactly("id bigint", "v text");
        }
    }

    @Nested
    class Dialect {
        @Test
        void isDetectedAndReportedInOrder() throws IOException {
            files.write(
                    "a.csv",
                    Charset.forName("windows-1252"),
                    "Bericht der Woche\n\nName;Betrag;Tag\n\"Müller; KG €\";1,5;31.12.2025\nMeier;2,25;01.02.2026\n");

            SourceState state = observe("a.csv");

            assertThat(state.schema().fields())
                    .extracting(CsvObservationTest::shown)
                    .containsExactly("Name text", "Betrag decimal(18,2)", "Tag date");
            assertThat(state.detected())
                    .containsExactly(
                            entry("encoding", "windows-1252"),
                            entry("delimiter", ";"),
                            entry("quote", "\""),
                            entry("escape", "\""),
                            entry("skip", "2"),
                            entry("header", "true"),
                            entry("decimal", ","),
                            entry("date_format", "%d.%m.%Y"));
        }

        @Test
        void isRefusedWhereTwoDelimitersFit() throws IOException {
            files.write("a.csv", "a,b;c", "1,2;3", "4,5;6");

            assertThatThrownBy(() -> observe("a.csv"))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessage("Cannot tell the delimiter of a.csv: , or ; would fit")
                    .extracting(e -> ((HeadworksException) e).hint())
                    .asString()
                    .contains("extract.files.options.delimiter");
        }

        @Test
        void isRefusedWhereDaysCouldBeMonths() throws IOException {
            files.write("a.csv", "id,day", "1,01/02/2026", "2,03/04/2026");

            assertThatThrownBy(() -> observe("a.csv"))
                    .hasMessage(
                            "Cannot tell the form of the dates in column day of a.csv: %d/%m/%Y or %m/%d/%Y would fit");
        }

        @Test
        void isRefusedWhereTheFirstLineMayBeData() throws IOException {
            files.write("a.csv", "Ada,1", "Bob,2");

            assertThatThrownBy(() -> observe("a.csv"))
                    .hasMessageContaining("is a header")
                    .hasMessageContaining("'1'");
            assertThat(files.source
                            .observe(extract("a.csv", reading().header(false).build()), null)
                            .schema()
                            .fields())
                    .extracting(CsvObservationTest::shown)
                    .containsExactly("column_1 text", "column_2 bigint");
        }

        @Test
        void isRefusedWhereASecondHeaderFollows() throws IOException {
            files.write("a.csv", "id,amount", "number,EUR", "1,2.5", "2,3.5", "3,4.5");

            assertThatThrownBy(() -> observe("a.csv")).hasMessageContaining("second header");
        }
    }

    @Nested
    class Headers {
        @Test
        void withEqualAndEmptyNamesBecomeUnique() throws IOException {
            files.write("a.csv", "id,ID,,name,name,name_2", "1,2,3,a,b,c");

            SourceState state = observe("a.csv");

            assertThat(state.schema().names()).containsExactly("id", "ID_2", "column_3", "name", "name_3", "name_2");
            assertThat(state.notes()).contains("a.csv: column 2 of the header, 'ID', is called ID_2");
        }

        @Test
        void areMatchedByNameAliasAndSnakeCase() throws IOException {
            files.write("a.csv", "customer_id,OrderTotal", "1,2.5");
            files.write("b.csv", "OrderTotal,KundenNr", "3.5,2");

            FileReading reading = reading()
                    .names(Names.SNAKE_CASE)
                    .alias("customer_id", "KundenNr")
                    .build();
            RowSource rows = rows("*.csv", reading);

            assertThat(((Scan.Union) ((RowSource.InPlace) rows).scan()).scans())
                    .extracting(scan -> scan.columns().stream()
                            .map(c -> c.name() + c.sourceIndex())
                            .toList())
                    .containsExactly(List.of("customer_id0", "order_total1"), List.of("customer_id1", "order_total0"));
        }

        @Test
        void thatMissAColumnStopOrGiveNullOrLeaveTheFileOut() throws IOException {
            files.write("a.csv", "id,v", "1,2").write("b.csv", "id,w", "1,2");

            assertThatThrownBy(() -> observe("*.csv", reading().build(), "id", "v"))
                    .hasMessage("Cannot read b.csv: column v missing (it has id, w)");
            assertThat(observe(
                                    "*.csv",
                                    reading().missing(MissingColumns.SET_NULL).build(),
                                    "id",
                                    "v")
                            .notes())
                    .contains("b.csv: column v missing (it has id, w); NULL", "b.csv: not read: w");
            assertThat(observe(
                                    "*.csv",
                                    reading()
                                            .missing(MissingColumns.REJECT_FILE)
                                            .build(),
                                    "id",
                                    "v")
                            .files())
                    .extracting(file -> file.path())
                    .containsExactly("a.csv");
        }
    }

    @Nested
    class Encodings {
        @Test
        void thatChangeBehindAPlainBeginningAreFound() throws IOException {
            String text = "id,name\n" + "1,plain\n".repeat(50_000) + "2,Müller\n";
            files.write("a.csv", StandardCharsets.ISO_8859_1, text);

            assertThat(observe("a.csv").detected()).contains(entry("encoding", "latin-1"));
        }

        @Test
        void thatAreBrokenInTheMiddleAreAnErrorNamingTheByte() throws IOException {
            byte[] text = ("id,name\n1,Jürgen\n" + "1,plain\n".repeat(50_000) + "2,M?ller\n")
                    .getBytes(StandardCharsets.UTF_8);
            int at = text.length - 7;
            text[at] = (byte) 0xfc;
            files.write("a.csv", text);

            assertThatThrownBy(() -> observe("a.csv"))
                    .hasMessage("Cannot read a.csv: byte " + at + " (FC) is no utf-8");
        }

        @Test
        void ofSixteenBitsAreFoundWithAndWithoutMark() throws IOException {
            files.write("a.csv", StandardCharsets.UTF_16, "id,name\n1,Zoë\n");
            files.write("b.csv", StandardCharsets.UTF_16LE, "id,name\n2,Zoë\n");

            assertThat(observe("*.csv").schema().fields())
                    .extracting(CsvObservationTest::shown)
                    .containsExactly("id bigint", "name text");
        }
    }

    private static String shown(Field field) {
        return field.name() + " " + field.type();
    }

    private SourceState observe(String path, FileReading reading, String... columns) {
        return files.source.observe(extract(path, reading, columns), null);
    }

    private SourceState observe(String path) {
        return observe(path, FileReading.DEFAULT);
    }

    private RowSource rows(String path, FileReading reading) {
        SourceState state = observe(path, reading);
        return files.source.rows(extract(path, reading), state, null, state.files());
    }
}
