package io.headworks.api.portable;

import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What keeps expressions on one engine. An expression outside the catalogue runs; it does not scale out. */
public final class Portability {
    /** How what is not portable is marked. */
    public static final String DUCKDB_ONLY = "duckdb only";

    private static final Pattern QUOTED =
            Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private static final Map<Pattern, String> OPERATORS = operators();

    private Portability() {}

    /**
     * Sentences on what is not portable in an expression, empty when nothing is.
     *
     * @param finding what an inspector found in the expression; without error
     * @param input the columns that the expression reads
     */
    public static List<String> check(String expression, Finding finding, Schema input) {
        if (finding.error() != null) {
            throw new IllegalArgumentException("Cannot check an expression that cannot be read: " + finding.error());
        }
        Set<String> sentences = new LinkedHashSet<>();
        for (String function : finding.functions()) {
            if (PortableFunctions.find(function).isEmpty()) {
                String why = PortableFunctions.differences().get(function);
                sentences.add(function + "() is " + DUCKDB_ONLY + (why == null ? "" : ": " + why));
            }
        }
        String bare = QUOTED.matcher(expression).replaceAll(" ");
        OPERATORS.forEach((operator, sentence) -> {
            if (operator.matcher(bare).find()) {
                sentences.add(sentence);
            }
        });
        if (bare.contains("/") && usesDecimal(finding, input)) {
            sentences.add("/ on decimals is " + DUCKDB_ONLY + ": a double here and a decimal there");
        }
        return List.copyOf(sentences);
    }

    /** The expressions of an operation, in order; none for operations without. */
    public static List<String> expressions(Operation operation) {
        if (operation instanceof Operation.Filter filter) {
            return List.of(filter.condition());
        } else if (operation instanceof Operation.Derive derive) {
            return List.copyOf(derive.expressions().values());
        } else if (operation instanceof Operation.Rollup rollup) {
            return List.copyOf(rollup.take().values());
        } else if (operation instanceof Operation.Pivot pivot) {
            return List.copyOf(pivot.values().values());
        } else if (operation instanceof Operation.Window window) {
            return List.copyOf(window.take().values());
        }
        return List.of();
    }

    private static boolean usesDecimal(Finding finding, Schema input) {
        return input.fields().stream()
                .filter(field -> field.type() instanceof DataType.Decimal)
                .anyMatch(field -> finding.columns().stream()
                        .anyMatch(column -> column.toLowerCase(Locale.ROOT)
                                .equals(field.name().toLowerCase(Locale.ROOT))));
    }

    private static Map<Pattern, String> operators() {
        Map<Pattern, String> operators = new LinkedHashMap<>();
        operators.put(Pattern.compile("//"), "// is " + DUCKDB_ONLY + ": other engines have div");
        operators.put(
                Pattern.compile("\\^|\\*\\*"), "^ and ** are " + DUCKDB_ONLY + ": they mean other things elsewhere");
        operators.put(Pattern.compile("~"), "~ is " + DUCKDB_ONLY + ": engines have different regular expressions");
        operators.put(Pattern.compile("(?i)\\bsimilar\\s+to\\b"), "SIMILAR TO is " + DUCKDB_ONLY);
        operators.put(
                Pattern.compile("(?i)\\bilike\\b"),
                "ILIKE is " + DUCKDB_ONLY + ": engines differ on letters such as İ");
        operators.put(Pattern.compile("::"), ":: is " + DUCKDB_ONLY + ": write cast(x as type)");
        operators.put(Pattern.compile("->"), "-> is " + DUCKDB_ONLY);
        operators.put(Pattern.compile("\\["), "[ ] is " + DUCKDB_ONLY + ": lists count from 1 here and from 0 there");
        operators.put(Pattern.compile("\\{"), "{ } is " + DUCKDB_ONLY);
        operators.put(Pattern.compile("(?i)\\blambda\\b"), "lambda is " + DUCKDB_ONLY);
        return operators;
    }
}
