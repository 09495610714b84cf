package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Staged;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetStagingTest {
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

    private InputFile write(String name, String select, Map<String, String> pathValues) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        session.sql().execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
        return CsvFiles.input(file, name, pathValues);
    }

    private static ScanColumn column(String name, String type, ScanColumn.Origin origin) {
        return new ScanColumn(name, DataType.parse(type).orElseThrow(), origin, name, -1);
    }

    @Test
    void pathValuesPathAndRowNumberJoinTheData() throws Exception {
        InputFile one =
                write("dt=2024-01-01/a.parquet", "SELECT 1::BIGINT AS id, 'no' AS dt", Map.of("dt", "2024-01-01"));
        InputFile two =
                write("dt=2024-01-02/b.parquet", "SELECT 2::BIGINT AS id, 'no' AS dt", Map.of("dt", "2024-01-02"));
        Scan scan = new Scan.Parquet(
                List.of(one, two),
                List.of(
                        column("id", "bigint", ScanColumn.Origin.DATA),
                        column("dt", "date", ScanColumn.Origin.PATH_VALUE),
                        column("file", "text", ScanColumn.Origin.PATH),
                        column("line", "bigint", ScanColumn.Origin.LINE)));
        Staged staged = session.stage("p", new RowSource.InPlace(scan));
        assertThat(session.sql()
                        .query(
                                "SELECT id, dt, file, line, _hw_source FROM ("
                                        + staged.rows().sql() + ") ORDER BY id",
                                row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                                        + row.getString(4) + " " + row.getString(5)))
                .containsExactly(
                        "1 2024-01-01 dt=2024-01-01/a.parquet 1 dt=2024-01-01/a.parquet",
                        "2 2024-01-02 dt=2024-01-02/b.parquet 1 dt=2024-01-02/b.parquet");
    }

    @Test
    void filesOfOtherTypesAreNotCastToTheFirst() throws Exception {
        InputFile whole = write("a.parquet", "SELECT 1::BIGINT AS n", Map.of());
        InputFile broken = write("b.parquet", "SELECT 2.5::DOUBLE AS n", Map.of());
        InputFile exact = write("c.parquet", "SELECT 3::DOUBLE AS n", Map.of());
        List<ScanColumn> columns = List.of(column("n", "bigint", ScanColumn.Origin.DATA));
        assertThatThrownBy(() ->
                        session.stage("p", new RowSource.InPlace(new Scan.Parquet(List.of(whole, broken), columns))))
                .hasMessageContaining("Cannot read column n as bigint from")
                .hasMessageContaining("b.parquet: 2.5");
        Staged staged = session.stage("p", new RowSource.InPlace(new Scan.Parquet(List.of(whole, exact), columns)));
        assertThat(staged.count()).isEqualTo(2);
        assertThat(session.max(staged.rows(), "n")).isEqualTo("3");
    }

    @Test
    void damagedFilesAreNamed() throws Exception {
        InputFile file = write("a.parquet", "SELECT range AS n FROM range(1000)", Map.of());
        byte[] bytes = Files.readAllBytes(file.path());
        Files.write(file.path(), java.util.Arrays.copyOf(bytes, bytes.length - 20));
        Scan scan = new Scan.Parquet(List.of(file), List.of(column("n", "bigint", ScanColumn.Origin.DATA)));
        assertThatThrownBy(() -> session.stage("p", new RowSource.InPlace(scan)))
                .hasMessageContaining("a.parquet");
    }

    @Test
    void unionsAreOneTable() throws Exception {
        List<ScanColumn> columns = List.of(column("n", "bigint", ScanColumn.Origin.DATA));
        InputFile parquet = write("a.parquet", "SELECT range AS n FROM range(10)", Map.of());
        InputFile csv = CsvFiles.write(folder, "b.csv", "10,x\n11,y\nz,z\n");
        Scan scan = new Scan.Union(List.of(
                new Scan.Parquet(List.of(parquet), columns),
                new Scan.Csv(
                        List.of(csv),
                        CsvFiles.dialect(2),
                        CsvFiles.columns("bigint").stream()
                                .map(column -> new ScanColumn("n", column.type(), column.origin(), "n", 0))
                                .toList())));
        Staged staged = session.stage("u", new RowSource.InPlace(scan));
        assertThat(staged.count()).isEqualTo(12);
        assertThat(staged.rejected()).isEqualTo(1);
        assertThatThrownBy(() -> session.count(session.materialise("s", session.scan(scan))))
                .hasMessage("Cannot read b.csv, line 3: column 'n' holds 'z', which does not fit bigint exactly");
    }
}
