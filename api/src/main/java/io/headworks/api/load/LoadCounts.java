package io.headworks.api.load;

/**
 * What a load did. The law: {@code staged = inserted + updated + unchanged + stale}; deletes stand apart.
 *
 * @param staged rows of the batch that were to be inserted or updated
 * @param unchanged rows already there, the same (or skipped by append with keys)
 * @param stale rows older than what is there
 * @param deleted rows deleted or marked
 */
public record LoadCounts(
        long staged,
        long inserted,
        long updated,
        long unchanged,
        long stale,
        long deleted,
        String hashAlgorithm,
        String contentHash) {
    public boolean lawHolds() {
        return staged == inserted + updated + unchanged + stale;
    }
}
