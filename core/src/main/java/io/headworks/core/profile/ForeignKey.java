package io.headworks.core.profile;

import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A column whose values are found in the key of another table: counted over all rows.
 *
 * @param present rows that have a value
 * @param missing rows whose value is not found there
 */
public record ForeignKey(String column, DatasetName table, String key, long present, long missing) {

    /** The same with what was counted. */
    public ForeignKey missing(long counted) {
        return new ForeignKey(column, table, key, present, counted);
    }

    /** As a check. */
    public ProposedCheck proposed() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("column", column);
        options.put("to", table + "(" + key + ")");
        Rule rule = new Rule.References(List.of(column), table, List.of(key));
        ProposedCheck every = ProposedCheck.recorded(
                rule, options, "every value of " + Proposals.rows(present) + " is in " + table + "(" + key + ")");
        return missing == 0
                ? every
                : every.tolerating(
                        RoundNumber.shareAbove(2.0 * missing / Math.max(1, present)),
                        missing + " of " + Proposals.rows(present) + " have a value that is not in " + table + "(" + key
                                + "); the threshold is twice that share");
    }

    @Override
    public String toString() {
        return column + " → " + table + "(" + key + ")" + (missing == 0 ? "" : ", all but " + missing + " rows");
    }
}
