package io.headworks.core.profile;

import io.headworks.api.check.Check;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A check that somebody may want.
 *
 * @param options as a project file writes them
 * @param failAbove a share of the rows; {@link Threshold#NONE} where every row holds
 * @param reason a sentence, from what was seen
 */
public record ProposedCheck(
        Rule rule, Map<String, Object> options, Severity severity, Threshold failAbove, String reason) {
    /** Only a key keeps data out before a person has agreed. */
    static ProposedCheck ofKey(Rule rule, Map<String, Object> options, String reason) {
        return new ProposedCheck(rule, options, Severity.P1, Threshold.NONE, reason);
    }

    public static ProposedCheck recorded(Rule rule, Map<String, Object> options, String reason) {
        return new ProposedCheck(rule, options, Severity.P2, Threshold.NONE, reason);
    }

    public String kind() {
        return rule.key();
    }

    /** The column, or columns, that it is about; empty for the whole table. */
    public String subject() {
        return rule instanceof Rule.OfColumn one
                ? one.column()
                : rule instanceof Rule.OfColumns several ? String.join(", ", several.columns()) : "";
    }

    /** The options with all that is not as usual. */
    public Map<String, Object> written() {
        Map<String, Object> all = new LinkedHashMap<>(options);
        if (severity != Severity.P1) {
            all.put("severity", severity.name());
        }
        if (failAbove.value().signum() > 0) {
            all.put("fail_above", failAbove.toString());
        }
        return all;
    }

    /** The same where a share of the rows may fail, with what is said then. */
    ProposedCheck tolerating(BigDecimal share, String because) {
        return new ProposedCheck(rule, options, severity, new Threshold(share, true), because);
    }

    /** The same where a few of the rows fail: twice their share may. */
    public ProposedCheck allBut(long failing, long rows) {
        return tolerating(
                RoundNumber.shareAbove(2.0 * failing / rows),
                reason + "; " + failing + " of " + Proposals.rows(rows)
                        + " fail, and the threshold is twice that share");
    }

    /** To be run over the whole table. */
    public Check asCheck() {
        return new Check(
                kind() + "(" + subject() + ")",
                rule,
                severity,
                Threshold.NONE,
                failAbove,
                null,
                Scope.TABLE,
                rule.dimension(),
                OnFail.RECORD,
                null);
    }
}
