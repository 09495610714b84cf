package io.headworks.core.spec;

import java.time.LocalDate;
import java.util.List;

/**
 * A breaking change that was announced.
 *
 * @param version of the contract that will break
 * @param effective the first day, in UTC, on which runs take the change
 * @param changes what breaks, as {@code hw contract diff} says it; other changes are not covered
 */
public record ContractNotice(
        Place place, String contract, String version, LocalDate opened, LocalDate effective, List<String> changes) {
    /** From opening to the first day on which a change counts. */
    public static final int DAYS = 30;

    public ContractNotice {
        changes = List.copyOf(changes);
    }

    /** Whether it lets a change pass. */
    public boolean allows(String change, LocalDate today) {
        return changes.contains(change) && !today.isBefore(effective);
    }
}
