package io.headworks.core.spec.loading;

import io.headworks.api.engine.SqlInspector.Text.Kind;
import io.headworks.api.source.Extract;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL of an extract that the engine itself reads: conditions over its rows, and queries of sources in its dialect.
 *
 * @param columns those that a condition may name; null where only the source knows them
 * @param isCondition true for one that may read no table
 */
record SourceSql(SqlText text, @Nullable Set<String> columns, boolean isCondition) {
    private static final Pattern PATH_COLUMN = Pattern.compile("\\{(\\w+)}");

    /** Of one pipeline; {@code engineSources} are the connections in the engine's dialect. */
    static List<SourceSql> of(ReadPipeline read, List<String> engineSources) {
        List<SourceSql> all = new ArrayList<>();
        PipelineSpec spec = read.spec();
        if (spec == null) {
            return all;
        }
        Extract extract = spec.extract().extract();
        boolean engine = engineSources.contains(spec.extract().connection());
        boolean files = extract.reading() instanceof Extract.Reading.Files;
        Set<String> known = columns(extract);
        String when = extract.deletesWhen();
        if (when != null
                && read.at("extract", "deletes") instanceof Node.Mapping deletes
                && deletes.get("when") instanceof Node.Scalar scalar) {
            all.add(new SourceSql(text("extract.deletes.when", when, Kind.EXPRESSION, scalar), known, true));
        }
        String where = extract.where();
        if (where != null && engine && read.at("extract", "where") instanceof Node.Scalar scalar) {
            all.add(new SourceSql(text("extract.where", where, Kind.EXPRESSION, scalar), files ? known : null, files));
        }
        if (extract.reading() instanceof Extract.Reading.Query query
                && engine
                && read.at("extract", "query") instanceof Node.Scalar scalar) {
            all.add(new SourceSql(text("extract.query", query.sql(), Kind.SELECT, scalar), null, false));
        }
        return all;
    }

    private static SqlText text(String path, String sql, Kind kind, Node.Scalar scalar) {
        return new SqlText(path, sql, kind, scalar, null);
    }

    /** The columns of an extract that lists them; null when it takes all. */
    private static @Nullable Set<String> columns(Extract extract) {
        if (extract.columns().isEmpty()) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        extract.columns().forEach(column -> names.add(column.name()));
        if (extract.files() != null) {
            names.addAll(extract.files().add().keySet());
        }
        if (extract.reading() instanceof Extract.Reading.Files files) {
            Matcher found = PATH_COLUMN.matcher(files.path());
            while (found.find()) {
                names.add(found.group(1));
            }
        }
        return names;
    }
}
