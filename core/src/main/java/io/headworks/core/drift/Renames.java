package io.headworks.core.drift;

import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.api.type.Widening;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which of the new columns may be which of those that are gone. */
public final class Renames {
    private static final Comparator<Rename> SUREST_FIRST = Comparator.comparing(Rename::confidence)
            .reversed()
            .thenComparing(rename -> rename.from().name())
            .thenComparing(rename -> rename.to().name());

    private Renames() {}

    /** Every pair whose types allow it. */
    public static List<Rename> possible(Schema before, Schema after, List<ColumnChange> changes) {
        List<Rename> pairs = new ArrayList<>();
        for (ColumnChange gone : changes) {
            for (ColumnChange come : changes) {
                if (gone instanceof ColumnChange.Removed removed
                        && come instanceof ColumnChange.Added added
                        && related(removed.field(), added.field())) {
                    pairs.add(pair(before, removed.field(), after, added.field()));
                }
            }
        }
        return pairs;
    }

    /** The surest of them; each column is in one at most. */
    public static List<Rename> likely(Collection<Rename> possible) {
        Set<String> from = new HashSet<>();
        Set<String> to = new HashSet<>();
        List<Rename> likely = new ArrayList<>();
        possible.stream().filter(Rename::isWorthSaying).sorted(SUREST_FIRST).forEach(rename -> {
            boolean free = !from.contains(rename.from().name())
                    && !to.contains(rename.to().name());
            if (free) {
                from.add(rename.from().name());
                to.add(rename.to().name());
                likely.add(rename);
            }
        });
        return likely;
    }

    private static boolean related(Field was, Field is) {
        return Widening.holds(was.type(), is.type()) || Widening.holds(is.type(), was.type());
    }

    private static Rename pair(Schema before, Field was, Schema after, Field is) {
        boolean place = before.fields().indexOf(was) == after.fields().indexOf(is);
        return new Rename(was, is, likeness(was.name(), is.name()), place, null);
    }

    /** 1 for the same letters, 0 for none in common: what is left of the longer name after the fewest edits. */
    static double likeness(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int longer = Math.max(a.length(), b.length());
        return longer == 0 ? 1 : 1 - (double) edits(a, b) / longer;
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int kept = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
