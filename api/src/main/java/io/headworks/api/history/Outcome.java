package io.headworks.api.history;

import io.headworks.api.engine.Relation;

/**
 * What a batch makes of a history.
 *
 * @param rows to be merged into the table by its row key, with {@link io.headworks.api.engine.HiddenColumns#OP}
 * @param touched the keys that have such rows
 * @param staged rows of the batch that are not deletions; the law holds: staged = opening + changing + unchanged + stale
 * @param opening rows that open a version
 * @param changing rows that change a version otherwise: its values, its beginning or its confirmation
 * @param unchanged rows that change nothing
 * @param stale rows whose place another row of their time took, or that are older than what is there
 * @param changed keys that were there and have rows to be merged
 * @param closed keys that were live and are not any more
 */
public record Outcome(
        Relation rows,
        Relation touched,
        long staged,
        long opening,
        long changing,
        long unchanged,
        long stale,
        long changed,
        long closed,
        Versions versions) {

    /** The same for a batch that never had some rows, of which others had taken the place of {@code superseded}. */
    public Outcome without(long rejected, long superseded) {
        return new Outcome(
                rows,
                touched,
                staged - rejected,
                opening,
                changing,
                unchanged,
                stale - superseded,
                changed,
                closed,
                versions);
    }

    /**
     * For people who watch.
     *
     * @param opened versions that were not there
     * @param ended versions that had no end
     * @param split versions in the middle of which a late row came
     * @param moved versions that begin earlier than they did, and so have another surrogate
     * @param joined versions that are gone because their neighbours are the same
     */
    public record Versions(long opened, long ended, long split, long moved, long joined) {}
}
