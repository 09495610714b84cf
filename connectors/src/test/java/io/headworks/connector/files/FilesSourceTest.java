package io.headworks.connector.files;

import static io.headworks.connector.files.FilesFixture.extract;
import static io.headworks.testkit.files.ReadingBuilder.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.headworks.api.connection.Connector;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Changed;
import io.headworks.api.source.FileReading.Format;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Position;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSourceTest {
    private FilesFixture files;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        files = new FilesFixture(folder);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::type))
                .contains(FilesConnector.class);
    }

    @Nested
    class Stamps {
        @Test
        void carrySizeTimeHashAndPathValues() throws IOException {
            files.write("dt=2026-03-01/a.csv", StandardCharsets.UTF_8, "id\n1\n");

            SourceState state = files.source.observe(extract("dt={day}/*.csv", FileReading.DEFAULT), null);

            assertThat(state.files()).singleElement().satisfies(file -> {
                assertThat(file.path()).isEqualTo("dt=2026-03-01/a.csv");
                assertThat(file.bytes()).isEqualTo(5);
                assertThat(file.contentHash())
                        .isEqualTo("7cde7fb64fd82bd152710cf238e017b9ab46c0592483edc067ba4f6c75fac108");
                assertThat(file.pathValues()).containsExactly(entry("day", "2026-03-01"));
            });
            assertThat(state.schema().fields())
                    .extracting(field -> field.name() + " " + field.type())
                    .containsExactly("id bigint", "day date");
            assertThat(state.identity()).isEqualTo("files:data");
        }

        @Test
        void areWithoutHashWhereOnlyNameOrStatDecide() throws IOException {
            files.write("a.csv", "id", "1");

            assertThat(observe(reading().changed(Changed.STAT).build())
                            .files()
                            .get(0)
                            .contentHash())
                    .isNull();
        }
    }

    @Nested
    class Readiness {
        @Test
        void waitsForTheMarker() throws IOException {
            files.write("x/a.csv", "id", "1").write("x/_SUCCESS", "").write("y/b.csv", "id", "2");

            SourceState state = files.source.observe(
                    extract("*/*.csv", reading().ready("_SUCCESS").build()), null);

            assertThat(paths(state)).containsExactly("x/a.csv");
            assertThat(state.notes()).contains("y/b.csv is not ready: there is no _SUCCESS beside it");
        }

        @Test
        void waitsUntilFilesHaveSettled() throws IOException {
            files.write("a.csv", "id", "1").write("b.csv", "id", "2");
            Instant now = Instant.parse("2026-03-01T12:00:00Z");
            touch("a.csv", now.minusSeconds(600));
            touch("b.csv", now.minusSeconds(599));
            try (Source source = files.open(Clock.fixed(now, ZoneOffset.UTC))) {
                SourceState state = source.observe(
                        extract(
                                "*.csv",
                                reading().settle(Duration.ofMinutes(10)).build()),
                        null);

                assertThat(paths(state)).containsExactly("a.csv");
                assertThat(state.notes())
                        .singleElement()
                        .asString()
                        .startsWith("b.csv is not ready: it was written to");
            }
        }

        @Test
        void leavesAKnownFileThatIsNotReadyAsItWas() throws IOException {
            files.write("a.csv", "id", "1");
            FileStamp before = new FileStamp("a.csv", 99, Instant.EPOCH, "old", Map.of());

            SourceState state = files.source.observe(
                    extract("*.csv", reading().ready("_SUCCESS").build(), "id:bigint"), position(before));

            assertThat(state.files()).containsExactly(before);
        }
    }

    @Nested
    class Later {
        @Test
        void runsLookIntoNewFilesOnlyWhenTypesAreKnown() throws IOException {
            files.write("a.csv", "id,v", "1,x");
            Position known = position(observe(FileReading.DEFAULT).files().get(0));
            files.write("b.csv", "v,id,extra", ",2,9");
            Extract extract = extract("*.csv", FileReading.DEFAULT).withKnownTypes(Map.of("id", DataType.BIGINT));

            SourceState state = files.source.observe(extract, known);

            assertThat(paths(state)).containsExactly("a.csv", "b.csv");
            assertThat(state.bytes()).as("bytes to read").isEqualTo(16);
        }

        @Test
        void newColumnsAreSeenAndKnownOnesKeepTheirTypes() throws IOException {
            files.write("a.csv", "id,v", "1,x").write("b.csv", "id,v,w", "x,2,3");

            SourceState state = files.source.observe(
                    extract("b.csv", FileReading.DEFAULT)
                            .withKnownTypes(new java.util.LinkedHashMap<>(Map.of("id", DataType.BIGINT))),
                    null);

            assertThat(state.schema().fields())
                    .extracting(field -> field.name() + " " + field.type())
                    .containsExactly("id bigint", "v bigint", "w bigint");
        }

        @Test
        void aFileWrittenToWhileItIsReadIsNoticed() throws IOException {
            files.write("a.csv", "id", "1");
            SourceState state = observe(FileReading.DEFAULT);
            files.source.checkUnchanged(state, state.files());

            files.write("a.csv", "id", "1", "2");

            assertThatThrownBy(() -> files.source.checkUnchanged(state, state.files()))
                    .hasMessageContaining("it was written to in the meantime (5 bytes then, 7 now)");
        }
    }

    @Nested
    class Formats {
        @Test
        void areToldByNameAndNotMixed() throws IOException {
            files.write("a.csv", "id", "1").write("b.json", "{}");

            assertThatThrownBy(() -> observe(FileReading.DEFAULT))
                    .hasMessage("Cannot read files of two formats together: a.csv is csv, b.json is json");
        }

        @Test
        void thatCannotBeToldAreAskedFor() throws IOException {
            files.write("a.dat", "id", "1");

            assertThatThrownBy(() -> observe(FileReading.DEFAULT))
                    .hasMessageContaining("Cannot tell the format of a.dat");
            assertThat(paths(observe(reading().format(Format.CSV).build()))).containsExactly("a.dat");
        }

        @Test
        void aPathThatMatchesNothingIsAnError() {
            assertThatThrownBy(() -> observe(FileReading.DEFAULT)).hasMessageContaining("no file below");
        }
    }

    @Test
    void tablesAreTheGroupsOfFilesFound() throws IOException {
        files.write("codes.csv", "a")
                .write("orders/1.csv", "a")
                .write("orders/2.csv", "a")
                .write("orders/x.json.gz", "a");

        assertThat(files.source.tables())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("codes.csv", "orders/*.csv", "orders/x.json.gz");
    }

    private SourceState observe(FileReading reading) {
        return files.source.observe(extract("*", reading), null);
    }

    private static List<String> paths(SourceState state) {
        return state.files().stream().map(FileStamp::path).toList();
    }

    private static Position position(FileStamp... known) {
        return new Position.Files(List.of(known), io.headworks.api.type.Schema.EMPTY);
    }

    private void touch(String path, Instant modified) throws IOException {
        Files.setLastModifiedTime(files.data().resolve(path), FileTime.from(modified));
    }
}
