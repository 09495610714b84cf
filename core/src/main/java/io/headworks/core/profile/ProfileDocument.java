package io.headworks.core.profile;

import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Counted;
import io.headworks.api.profile.ColumnProfile.Numbers;
import io.headworks.api.profile.ColumnProfile.Texts;
import io.headworks.api.profile.TableProfile;
import io.headworks.core.imports.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public document of {@code hw quality}. */
public final class ProfileDocument {

    private ProfileDocument() {}

    public static Map<String, @Nullable Object> of(Findings findings, List<ProposedCheck> proposed) {
        TableProfile profile = findings.profile();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("dataset", findings.dataset().toString());
        tree.put("rows", profile.rows());
        tree.put("sampled_rows", profile.sampledRows());
        tree.put(
                "candidate_keys",
                findings.keys().stream().map(CandidateKey::columns).toList());
        tree.put(
                "columns",
                profile.columns().stream()
                        .map(column -> column(column, findings))
                        .toList());
        tree.put(
                "references",
                findings.references().stream().map(ProfileDocument::reference).toList());
        tree.put(
                "proposed_checks",
                proposed.stream().map(ProfileDocument::proposed).toList());
        return tree;
    }

    private static Map<String, Object> reference(ForeignKey key) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("column", key.column());
        tree.put("to", key.table().toString());
        tree.put("to_column", key.key());
        tree.put("rows", key.present());
        tree.put("missing_rows", key.missing());
        return tree;
    }

    private static Map<String, Object> proposed(ProposedCheck check) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rule", check.kind());
        tree.put("columns", check.subject());
        tree.put("severity", check.severity().name());
        tree.put("yaml", YamlText.inline(Map.of(check.kind(), check.written())));
        tree.put("reason", check.reason());
        return tree;
    }

    private static Map<String, @Nullable Object> column(ColumnProfile column, Findings findings) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", column.name());
        tree.put("type", column.field().type().toString());
        tree.put("nulls", column.nulls());
        tree.put("null_share", column.nullShare());
        tree.put("distinct", column.distinct().count());
        tree.put("distinct_is_exact", column.distinct().isExact());
        tree.put("masked", findings.personal().contains(column.name()));
        tree.put("min", column.span() == null ? null : column.span().min());
        tree.put("max", column.span() == null ? null : column.span().max());
        tree.put("numbers", column.numbers() == null ? null : numbers(column.numbers()));
        tree.put("texts", column.texts() == null ? null : texts(column.texts()));
        tree.put("meaning", Conclusion.of(column).map(ProfileDocument::meaning).orElse(null));
        tree.put("top_values", counted(column.top().values()));
        tree.put("top_values_are_all", column.top().isComplete());
        tree.put("top_values_from_share", column.top().rarest());
        tree.put("shapes", counted(column.shapes()));
        tree.put(
                "quantiles",
                column.quantiles().stream().map(ProfileDocument::quantile).toList());
        tree.put(
                "histogram",
                column.histogram().stream().map(ProfileDocument::bin).toList());
        return tree;
    }

    private static Map<String, @Nullable Object> numbers(Numbers numbers) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("mean", numbers.mean());
        tree.put("standard_deviation", numbers.deviation());
        tree.put("not_finite", numbers.notFinite());
        ColumnProfile.Outliers outliers = numbers.outliers();
        tree.put("outliers", outliers == null ? null : outliers(outliers));
        return tree;
    }

    private static Map<String, Object> outliers(ColumnProfile.Outliers outliers) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("low_fence", outliers.lowFence());
        tree.put("high_fence", outliers.highFence());
        tree.put("below", outliers.below());
        tree.put("above", outliers.above());
        return tree;
    }

    private static Map<String, Object> texts(Texts texts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("shortest", texts.shortest());
        tree.put("longest", texts.longest());
        tree.put("mean_length", texts.meanLength());
        tree.put("empty", texts.empty());
        return tree;
    }

    private static Map<String, Object> meaning(Conclusion conclusion) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("word", conclusion.meaning().word());
        tree.put("share", conclusion.share());
        return tree;
    }

    private static List<Map<String, Object>> counted(List<Counted> values) {
        return values.stream()
                .map(value -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("value", value.value());
                    tree.put("rows", value.rows());
                    return tree;
                })
                .toList();
    }

    private static Map<String, Object> quantile(ColumnProfile.Quantile quantile) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("share", quantile.share());
        tree.put("value", quantile.value());
        return tree;
    }

    private static Map<String, Object> bin(ColumnProfile.Bin bin) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("from", bin.from());
        tree.put("to", bin.to());
        tree.put("rows", bin.rows());
        return tree;
    }
}
