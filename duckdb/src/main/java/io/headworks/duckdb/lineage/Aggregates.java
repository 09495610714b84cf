package io.headworks.duckdb.lineage;

import io.headworks.duckdb.inspect.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions that make one value of many rows, as the engine's catalogue lists them. */
final class Aggregates {
    static final Set<String> NAMES = Set.of(
            "any_value",
            "combine_aggr",
            "decimal_average",
            "lttb",
            "variant_group_object",
            "approx_count_distinct",
            "approx_quantile",
            "approx_top_k",
            "arbitrary",
            "arg_max",
            "arg_max_null",
            "arg_max_nulls_last",
            "arg_min",
            "arg_min_null",
            "arg_min_nulls_last",
            "argmax",
            "argmin",
            "array_agg",
            "avg",
            "bit_and",
            "bit_or",
            "bit_xor",
            "bitstring_agg",
            "bool_and",
            "bool_or",
            "corr",
            "count",
            "count_if",
            "count_star",
            "countif",
            "covar_pop",
            "covar_samp",
            "entropy",
            "favg",
            "first",
            "fsum",
            "geometric_mean",
            "geomean",
            "group_concat",
            "histogram",
            "histogram_exact",
            "kahan_sum",
            "kurtosis",
            "kurtosis_pop",
            "last",
            "list",
            "listagg",
            "mad",
            "max",
            "max_by",
            "mean",
            "median",
            "min",
            "min_by",
            "mode",
            "product",
            "quantile",
            "quantile_cont",
            "quantile_disc",
            "regr_avgx",
            "regr_avgy",
            "regr_count",
            "regr_intercept",
            "regr_r2",
            "regr_slope",
            "regr_sxx",
            "regr_sxy",
            "regr_syy",
            "reservoir_quantile",
            "sem",
            "skewness",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "string_agg",
            "sum",
            "sum_no_overflow",
            "sumkahan",
            "var_pop",
            "var_samp",
            "variance",
            "weighted_avg",
            "wavg",
            "grouping",
            "grouping_id");

    private Aggregates() {}

    /** True for an expression with an aggregate in it; sub-queries and windows are values of a row. */
    static boolean isIn(Node expression) {
        String kind = expression.text("class");
        if (kind.equals("SUBQUERY")) {
            return false;
        } else if (kind.equals("FUNCTION")
                && NAMES.contains(expression.text("function_name").toLowerCase(Locale.ROOT))) {
            return true;
        }
        return expression.members().values().stream().anyMatch(Aggregates::isInside);
    }

    private static boolean isInside(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return isIn(new Node(map));
        }
        return value instanceof List<?> list && list.stream().anyMatch(Aggregates::isInside);
    }
}
