package io.headworks.core.load;

import io.headworks.api.check.CheckResult;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadCounts;
import java.util.List;

/** What a load committed: its counts, the checks in its transaction, and the ledger row as read back. */
public record Loaded(LoadCounts counts, List<CheckResult> results, LedgerRow ledger) {
    public Loaded {
        results = List.copyOf(results);
    }
}
