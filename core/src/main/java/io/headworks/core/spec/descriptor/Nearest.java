package io.headworks.core.spec.descriptor;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The known name with the fewest edits, when they are few for its length; ties go to the first in order. */
    public static @Nullable String to(String written, Collection<String> known) {
        String wanted = snake(written);
        int limit = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(name -> distance(wanted, snake(name), limit) <= limit)
                .min(Comparator.comparingInt(name -> distance(wanted, snake(name), limit)))
                .orElse(null);
    }

    /** {@code mergeKeys}, {@code merge-keys} and {@code Merge Keys} as {@code merge_keys}. */
    public static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replace('-', '_')
                .replace(' ', '_')
                .toLowerCase(Locale.ROOT);
    }

    /** Damerau-Levenshtein distance (optimal string alignment); anything above the limit is limit + 1. */
    static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, a, b, i, j);
            }
        }
        return Math.min(edits[a.length()][b.length()], limit + 1);
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1), edits[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
