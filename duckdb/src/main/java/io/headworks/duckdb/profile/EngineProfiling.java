package io.headworks.duckdb.profile;

import io.headworks.api.engine.Profiling;
import io.headworks.api.engine.Relation;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Numbers;
import io.headworks.api.profile.ColumnProfile.Outliers;
import io.headworks.api.profile.ProfileRequest;
import io.headworks.api.profile.TableProfile;
import io.headworks.duckdb.profile.WholePass.Counts;
import io.headworks.duckdb.profile.WholePass.Fence;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes relations of one session. */
public final class EngineProfiling implements Profiling {
    /** Columns counted in one statement: more of them at a time save nothing, and take memory for all. */
    private static final int TOGETHER = 50;

    private static final double FAR_OUT = 3;

    private final SqlRunner sql;
    private final UnaryOperator<String> workTable;

    /** @param workTable answers a table's name in SQL that nothing else has; the table goes with the session */
    public EngineProfiling(SqlRunner sql, UnaryOperator<String> workTable) {
        this.sql = sql;
        this.workTable = workTable;
    }

    @Override
    public Profiled profile(Relation rows, ProfileRequest request) {
        List<ColumnSql> columns =
                rows.schema().fields().stream().map(ColumnSql::new).toList();
        WholePass pass = new WholePass(sql, rows);
        List<Counts> counts = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += TOGETHER) {
            counts.addAll(pass.count(columns.subList(from, Math.min(columns.size(), from + TOGETHER))));
        }
        long all = counts.isEmpty() ? pass.rows() : counts.get(0).rows();
        Relation sample = sample(rows, all, request.sampleRows());
        long sampled = sql.number("SELECT count(*) FROM (" + sample.sql() + ") AS s");
        Map<ColumnSql, Outliers> outliers = outliers(pass, new SampleLook(sql, sample), columns);
        ColumnLook look = new ColumnLook(sql, rows, sample, sampled, sampled == all, request);
        List<ColumnProfile> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            found.add(look.at(columns.get(i), counts.get(i), outliers.get(columns.get(i))));
        }
        return new Profiled(new TableProfile(all, sampled, found), sample);
    }

    private Relation sample(Relation rows, long all, int wanted) {
        String table = workTable.apply("sample");
        String columns = DuckSql.names(rows.schema().names());
        String chosen = all <= wanted ? "" : " USING SAMPLE reservoir(" + wanted + " ROWS) REPEATABLE (1)";
        sql.execute("CREATE TABLE " + table + " AS SELECT " + columns + " FROM (" + rows.sql() + ") AS r" + chosen);
        return new Relation("SELECT " + columns + " FROM " + table, rows.schema(), List.of());
    }

    private static Map<ColumnSql, Outliers> outliers(WholePass pass, SampleLook sample, List<ColumnSql> columns) {
        List<Fence> fences = new ArrayList<>();
        for (ColumnSql column : columns) {
            List<Double> quartiles = column.isNumber() ? sample.quartiles(column) : List.of();
            if (!quartiles.isEmpty()) {
                double reach = FAR_OUT * (quartiles.get(1) - quartiles.get(0));
                if (reach > 0) {
                    fences.add(new Fence(column, quartiles.get(0) - reach, quartiles.get(1) + reach));
                }
            }
        }
        List<Outliers> found = pass.beyond(fences);
        Map<ColumnSql, Outliers> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < fences.size(); i++) {
            byColumn.put(fences.get(i).column(), found.get(i));
        }
        return byColumn;
    }

    @Override
    public long repeats(Relation sample, List<String> columns) {
        String present = columns.stream()
                .map(column -> DuckSql.name(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return sql.number("SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM (" + sample.sql()
                + ") AS s WHERE " + present + " GROUP BY " + DuckSql.names(columns) + ")");
    }

    @Override
    public Optional<Duration> longestPause(Relation rows, String column) {
        String hours = "SELECT DISTINCT CAST(epoch(" + DuckSql.name(column) + ") AS BIGINT) // 3600 AS h FROM ("
                + rows.sql() + ") AS r WHERE " + DuckSql.name(column) + " IS NOT NULL AND isfinite("
                + DuckSql.name(column) + ")";
        return sql
                .query(
                        "SELECT max(pause) FROM (SELECT h - lag(h) OVER (ORDER BY h) AS pause FROM (" + hours
                                + ")) WHERE pause IS NOT NULL HAVING count(*) > 0",
                        row -> Duration.ofHours(row.getLong(1)))
                .stream()
                .findFirst();
    }

    /** Puts together what was counted of a column with what is seen of it in the sample. */
    private record ColumnLook(SampleLook look, FrequentValues frequent, boolean isWhole, ProfileRequest request) {
        ColumnLook(
                SqlRunner sql, Relation rows, Relation sample, long sampled, boolean isWhole, ProfileRequest request) {
            this(
                    new SampleLook(sql, sample),
                    new FrequentValues(sql, rows, sample, sampled, request.topValues()),
                    isWhole,
                    request);
        }

        ColumnProfile at(ColumnSql column, Counts counts, @Nullable Outliers outliers) {
            boolean measured = column.isMeasured() && counts.span() != null;
            boolean text = counts.texts() != null;
            FrequentValues.Found found = frequent.of(column, counts.distinct(), isWhole);
            Numbers numbers = counts.numbers();
            return new ColumnProfile(
                    column.field(),
                    counts.rows(),
                    counts.rows() - counts.present(),
                    found.distinct(),
                    counts.span(),
                    numbers == null || outliers == null
                            ? numbers
                            : new Numbers(numbers.mean(), numbers.deviation(), numbers.notFinite(), outliers),
                    counts.texts(),
                    found.top(),
                    measured ? look.quantiles(column) : List.of(),
                    measured ? look.histogram(column, request.bins()) : List.of(),
                    text ? look.shapes(column, request.topValues()) : List.of(),
                    text ? look.forms(column, request.forms()) : Map.of(),
                    look.present(column));
        }
    }
}
