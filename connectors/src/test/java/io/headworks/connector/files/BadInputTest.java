package io.headworks.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.SourceState;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.testkit.badinput.BadInput;
import io.headworks.testkit.badinput.BadInput.Rejected;
import io.headworks.testkit.badinput.BadInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input of the corpus through the source and the engine's staging: its rows and rejects, or its error. */
class BadInputTest {
    private static final int LONG_TEXT = 200;

    static List<BadInput> loads() {
        return BadInputs.all().stream().filter(input -> input.error().isEmpty()).toList();
    }

    static List<BadInput> fails() {
        return BadInputs.all().stream()
                .filter(input -> !input.error().isEmpty())
                .toList();
    }

    @Test
    void theCorpusHasTheSizeItMust() {
        assertThat(BadInputs.all()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(BadInputs.all().stream().map(BadInput::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("loads")
    void loadsWithEveryRowCounted(BadInput input, @TempDir Path folder) throws IOException {
        try (FilesFixture files = write(input, folder)) {
            DuckDbSession session = (DuckDbSession) files.session;
            Staged staged = stage(input, files);

            if (!input.schema().isEmpty()) {
                assertThat(staged.rows().schema().fields())
                        .extracting(field -> field.name() + " " + field.type())
                        .containsExactlyElementsOf(input.schema());
            }
            assertThat(rows(session, staged.rows())).containsExactlyElementsOf(input.rows());
            assertThat(rejects(session, staged.rejects()))
                    .usingElementComparator(BadInputTest::compare)
                    .containsExactlyElementsOf(input.rejects());
            assertThat(staged.count()).isEqualTo(input.rows().size());
            assertThat(staged.rejected()).isEqualTo(input.rejects().size());
        }
    }

    @ParameterizedTest
    @MethodSource("fails")
    void failsAndSaysWhere(BadInput input, @TempDir Path folder) throws IOException {
        try (FilesFixture files = write(input, folder)) {
            assertThatThrownBy(() -> stage(input, files))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageStartingWith("Cannot ")
                    .hasMessageContainingAll(input.error().toArray(new String[0]));
        }
    }

    private static FilesFixture write(BadInput input, Path folder) throws IOException {
        FilesFixture files = new FilesFixture(folder);
        for (Map.Entry<String, byte[]> file : input.files().entrySet()) {
            files.write(file.getKey(), file.getValue());
        }
        return files;
    }

    private static Staged stage(BadInput input, FilesFixture files) {
        return files.session.stage("extract", rows(input, files));
    }

    private static RowSource rows(BadInput input, FilesFixture files) {
        Extract extract = FilesFixture.extract(
                input.path(), input.reading(), input.columns().toArray(new String[0]));
        SourceState state = files.source.observe(extract, null);
        return files.source.rows(extract, state, null, state.files());
    }

    private static List<String> rows(DuckDbSession session, Relation rows) {
        String columns = rows.schema().names().stream()
                .map(name -> "CAST(" + DuckSql.name(name) + " AS VARCHAR)")
                .collect(Collectors.joining(", "));
        int width = rows.schema().fields().size();
        return session.sql()
                .query("SELECT " + columns + " FROM (" + rows.sql() + ") ORDER BY " + HiddenColumns.SEQ, row -> {
                    List<String> fields = new ArrayList<>();
                    for (int i = 1; i <= width; i++) {
                        fields.add(shown(row.getString(i)));
                    }
                    return String.join("|", fields);
                });
    }

    private static List<Rejected> rejects(DuckDbSession session, Relation rejects) {
        return session.sql()
                .query(
                        "SELECT line, byte_offset, code, column_name, reason, raw, payload FROM (" + rejects.sql()
                                + ") ORDER BY source, line",
                        row -> new Rejected(
                                row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    /** An expected reject against one found: the reason by a part of it, the offset where it is checked. */
    private static int compare(Rejected a, Rejected b) {
        boolean equal = a.line() == b.line()
                && (a.offset() == b.offset() || a.offset() < 0 || b.offset() < 0)
                && a.code().equals(b.code())
                && String.valueOf(a.column()).equals(String.valueOf(b.column()))
                && (a.reason().contains(b.reason()) || b.reason().contains(a.reason()));
        return equal ? 0 : 1;
    }

    private static String shown(String value) {
        if (value == null) {
            return "␀";
        }
        return value.length() > LONG_TEXT ? "#" + value.length() : value;
    }
}
