package io.headworks.core.contract;

import java.util.Locale;

/**
 * A difference between two versions of a contract.
 *
 * @param what in words that are the same for the same change: notices quote them
 * @param backward whether readers who rely on the new version can read what was written under the old one
 * @param forward whether readers who rely on the old version can read what is written under the new one
 */
public record ContractChange(Kind kind, String what, String reason, boolean backward, boolean forward) {
    /** What a change means to those who read the table. */
    public enum Kind {
        BREAKING,
        ADDITIVE,
        COSMETIC;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Readers of the old version are no longer served. */
    static ContractChange breaking(String what, String reason, boolean backward) {
        return new ContractChange(Kind.BREAKING, what, reason, backward, false);
    }

    /** More is promised than before. */
    static ContractChange additive(String what, String reason, boolean backward) {
        return new ContractChange(Kind.ADDITIVE, what, reason, backward, true);
    }

    /** Nobody's data changes. */
    static ContractChange cosmetic(String what) {
        return new ContractChange(Kind.COSMETIC, what, "no promise about the data changes", true, true);
    }

    public boolean isBreaking() {
        return kind == Kind.BREAKING;
    }
}
