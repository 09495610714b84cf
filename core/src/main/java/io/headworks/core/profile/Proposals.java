package io.headworks.core.profile;

import io.headworks.api.check.Rule;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.TableProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checks that a table's look suggests, each with its reason. They are guesses about tomorrow: who uses them runs them
 * over the table first.
 */
public final class Proposals {
    /** Of fewer rows nothing but the key is concluded. */
    private static final long FEWEST_ROWS = 20;

    private final TableProfile table;
    private final List<String> personal;
    private final List<String> key;

    private Proposals(TableProfile table, List<String> personal, List<String> key) {
        this.table = table;
        this.personal = personal;
        this.key = key;
    }

    /**
     * By column, the key and its columns first. Times that differ are no promise to differ.
     *
     * @param table with nothing masked
     * @param personal columns of which no value may be shown
     * @param key the table's own key; empty where none is known
     * @param others more keys that were proved
     */
    public static List<ProposedCheck> of(
            TableProfile table, List<String> personal, List<String> key, List<CandidateKey> others) {
        Proposals proposals = new Proposals(table, personal, key);
        List<ProposedCheck> all = new ArrayList<>();
        if (!key.isEmpty()) {
            key.forEach(column -> all.add(ProposedCheck.ofKey(
                    new Rule.NotNull(List.of(column)), Map.of("column", column), "part of the table's key")));
            all.add(ProposedCheck.ofKey(new Rule.Unique(key), Map.of("columns", key), "the table's key"));
        }
        others.stream()
                .filter(other -> other.columns().size() == 1 && !other.columns().equals(key))
                .filter(other -> table.column(other.columns().get(0))
                        .filter(column -> !column.field().type().isTime())
                        .isPresent())
                .forEach(other -> all.add(ProposedCheck.recorded(
                        new Rule.Unique(other.columns()),
                        Map.of("columns", other.columns()),
                        "no two of " + rows(table.rows()) + " agree")));
        if (table.rows() >= FEWEST_ROWS) {
            table.columns().forEach(column -> proposals.column(column, all));
        }
        return all;
    }

    private void column(ColumnProfile column, List<ProposedCheck> all) {
        if (!key.contains(column.name())) {
            filled(column, all);
        }
        boolean hidden = personal.contains(column.name());
        if (column.present() == 0) {
            return;
        } else if (column.texts() != null) {
            new TextProposals(column, hidden).into(all);
        } else if (!hidden) {
            boolean identifies = key.contains(column.name()) || isIdentifier(column.name());
            new RangeProposals(column, identifies).into(all);
        }
    }

    private static boolean isIdentifier(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return lower.equals("id") || lower.endsWith("_id") || lower.endsWith("_key") || lower.endsWith("_no");
    }

    private void filled(ColumnProfile column, List<ProposedCheck> all) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("column", column.name());
        Rule rule = new Rule.NotNull(List.of(column.name()));
        if (column.nulls() == 0) {
            all.add(ProposedCheck.recorded(rule, options, "none of " + rows(table.rows()) + " is NULL"));
        } else if (column.nullShare() <= 0.1) {
            all.add(ProposedCheck.recorded(rule, options, "")
                    .tolerating(
                            RoundNumber.shareAbove(2 * column.nullShare()),
                            column.nulls() + " of " + rows(table.rows())
                                    + " are NULL; the threshold is twice that share"));
        }
    }

    static String rows(long rows) {
        return String.format(java.util.Locale.ROOT, "%,d rows", rows);
    }
}
