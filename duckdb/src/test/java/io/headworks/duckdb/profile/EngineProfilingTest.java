package io.headworks.duckdb.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.Engine;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Counted;
import io.headworks.api.profile.Form;
import io.headworks.api.profile.ProfileRequest;
import io.headworks.api.profile.TableProfile;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineProfilingTest {
    private static final Form CODE = new Form.Matching("code", "[A-Z]{2}-[0-9]+");

    @TempDir
    Path folder;

    private Engine engine;
    private DuckDbSession session;

    @BeforeEach
    void open() throws Exception {
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
        session = (DuckDbSession)
                engine.session("one", Files.createDirectories(folder.resolve("one")), new Cancellation());
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private TableProfile profile(String select, int sample) {
        return session.profiling()
                .profile(session.relation(select), new ProfileRequest(sample, 3, 4, List.of(CODE)))
                .profile();
    }

    private static ColumnProfile column(TableProfile table, String name) {
        return table.column(name).orElseThrow();
    }

    @Test
    void aSmallTableIsLookedAtWhole() {
        TableProfile table = profile(
                "SELECT * FROM (VALUES (1, 'AB-1', 1.5::DOUBLE), (2, 'AB-2', 'nan'), (3, NULL, 'inf'), (3, 'x', 1e300))"
                        + " AS t(id, code, weight)",
                100);

        assertThat(table.isWhole()).isTrue();
        ColumnProfile id = column(table, "id");
        assertThat(id.distinct()).isEqualTo(new ColumnProfile.Distinct(3, true));
        assertThat(id.span()).isEqualTo(new ColumnProfile.Span("1", "3"));
        assertThat(id.top().values()).containsExactly(new Counted("3", 2), new Counted("1", 1), new Counted("2", 1));
        assertThat(id.top().isComplete()).isTrue();
        assertThat(id.histogram()).extracting(ColumnProfile.Bin::rows).containsExactly(1L, 0L, 1L, 2L);
        ColumnProfile code = column(table, "code");
        assertThat(code.nulls()).isEqualTo(1);
        assertThat(code.texts()).isEqualTo(new ColumnProfile.Texts(1, 4, 3, 0));
        assertThat(code.shapes()).containsExactly(new Counted("AA-9", 2), new Counted("a", 1));
        assertThat(code.forms()).containsEntry("code", 2L);
        ColumnProfile weight = column(table, "weight");
        assertThat(weight.span()).isEqualTo(new ColumnProfile.Span("1.5", "1e+300"));
        assertThat(Objects.requireNonNull(weight.numbers()).notFinite()).isEqualTo(2);
        assertThat(weight.numbers().mean()).isEqualTo(1.5);
    }

    @Test
    void ofALargeTableCountsAreExactAndTheRestIsOfASample() {
        TableProfile table = profile(
                "SELECT i, CASE WHEN i % 10 = 0 THEN 'often' ELSE 'v' || i END AS t,"
                        + " CASE WHEN i = 77 THEN 1000000 ELSE i % 100 END AS n FROM range(100000) r(i)",
                5000);

        assertThat(table.rows()).isEqualTo(100_000);
        assertThat(table.sampledRows()).isEqualTo(5_000);
        assertThat(column(table, "i").distinct().isExact()).isFalse();
        assertThat(column(table, "i").top().values()).isEmpty();
        assertThat(column(table, "t").top().values()).containsExactly(new Counted("often", 10_000));
        ColumnProfile n = column(table, "n");
        assertThat(n.distinct()).isEqualTo(new ColumnProfile.Distinct(101, true));
        assertThat(Objects.requireNonNull(Objects.requireNonNull(n.numbers()).outliers())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void noRowAndEveryTypeAreNoFault() {
        TableProfile none = profile("SELECT 1 AS i, 'a' AS t, DATE '2024-01-01' AS d WHERE false", 10);
        assertThat(none.rows()).isZero();
        assertThat(none.columns())
                .allSatisfy(column -> assertThat(column.span()).isNull());

        TableProfile types = profile(
                "SELECT [1] AS l, {'a': 1} AS s, MAP {'k': 1} AS m, 'x'::BLOB AS b, INTERVAL 1 DAY AS v, uuid() AS u,"
                        + " TIME '10:00' AS t, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS z, 'a'::ENUM('b', 'a') AS e,"
                        + " true AS f, 'infinity'::DATE AS d, 1.5::DECIMAL(38, 2) AS c, 170141183460469231731687303715884105727::HUGEINT AS h",
                10);
        assertThat(types.columns())
                .hasSize(13)
                .allSatisfy(column -> assertThat(column.distinct().count()).isEqualTo(1));
    }
}
