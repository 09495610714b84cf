package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.descriptor.DatasetMention;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.SqlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the datasets that definitions name. */
final class DatasetUses {
    private final DatasetCatalog catalog;
    private final SqlReview review;
    private final Problems problems;

    DatasetUses(DatasetCatalog catalog, SqlReview review, Problems problems) {
        this.catalog = catalog;
        this.review = review;
        this.problems = problems;
    }

    /** Each dataset once per spelling; what is not found is reported. */
    List<DatasetUse> of(List<DatasetMention> mentions, List<SqlText> sql, @Nullable String home) {
        Map<DatasetName, DatasetUse> uses = new LinkedHashMap<>();
        mentions.forEach(each -> use(each.name(), each.path(), each.node().place(), home, uses));
        review.tables(sql)
                .forEach(each -> use(
                        each.name(), "SQL of " + each.text().path(), each.text().place(each.offset()), home, uses));
        return List.copyOf(uses.values());
    }

    private void use(
            DatasetName written, String path, Place place, @Nullable String home, Map<DatasetName, DatasetUse> uses) {
        DatasetUse use = catalog.find(written, home);
        if (use != null) {
            uses.putIfAbsent(written, use);
            return;
        }
        String nearest = catalog.nearest(written);
        problems.error(
                place,
                "unknown-dataset",
                "Cannot use " + path + ": dataset '" + written
                        + "' is not known (allowed: what a pipeline writes, what is declared external)",
                nearest == null ? "declare it under external in headworks.yml" : "did you mean '" + nearest + "'?");
    }
}
