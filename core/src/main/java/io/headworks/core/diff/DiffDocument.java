package io.headworks.core.diff;

import io.headworks.api.diff.RowHashing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public document of {@code hw diff}. */
public final class DiffDocument {

    private DiffDocument() {}

    public static Map<String, @Nullable Object> of(DiffResult result) {
        Pairing pairing = result.pairing();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("status", result.status().name().toLowerCase(Locale.ROOT));
        tree.put("algorithm", RowHashing.ALGORITHM);
        tree.put("a", side(result.a()));
        tree.put("b", side(result.b()));
        tree.put("key", pairing.key().stream().map(pair -> pair.a().name()).toList());
        tree.put("key_from", pairing.keyFrom());
        tree.put("equal_rows", result.equal());
        tree.put("different_rows", result.different());
        tree.put(
                "columns",
                pairing.values().stream().map(pair -> column(pair, result)).toList());
        tree.put("columns_only_in_a", pairing.onlyInA());
        tree.put("columns_only_in_b", pairing.onlyInB());
        tree.put("columns_left_out", pairing.leftOut());
        tree.put("rules", pairing.rules());
        tree.put("buckets", result.buckets());
        tree.put("different_buckets", result.differentBuckets());
        tree.put(
                "sample", result.sample().stream().map(DiffDocument::difference).toList());
        tree.put("more", result.more());
        tree.put("export", result.export());
        return tree;
    }

    private static Map<String, @Nullable Object> side(DiffResult.Side side) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("dataset", side.dataset());
        tree.put("rows", side.rows());
        tree.put("only_here", side.only());
        tree.put("null_keys", side.nullKeys());
        tree.put("repeated_keys", side.repeatedKeys());
        tree.put("unpaired_rows", side.unpaired());
        tree.put("hashed_by", side.hashedBy());
        tree.put("why", side.why());
        tree.put("fetched_rows", side.fetched());
        return tree;
    }

    private static Map<String, @Nullable Object> column(ColumnPair pair, DiffResult result) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", pair.a().name());
        tree.put("type_a", pair.a().type().toString());
        tree.put("type_b", pair.b().type().toString());
        tree.put(
                "tolerance",
                pair.tolerance() == null ? null : pair.tolerance().distance().toPlainString());
        tree.put("different_rows", result.differing().getOrDefault(pair.a().name(), 0L));
        return tree;
    }

    private static Map<String, @Nullable Object> difference(DiffResult.Difference difference) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", difference.kind());
        tree.put("key", difference.key());
        tree.put("columns", difference.cells().stream().map(DiffDocument::cell).toList());
        return tree;
    }

    private static Map<String, @Nullable Object> cell(DiffResult.Cell cell) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", cell.column());
        tree.put("a", cell.a());
        tree.put("b", cell.b());
        return tree;
    }
}
