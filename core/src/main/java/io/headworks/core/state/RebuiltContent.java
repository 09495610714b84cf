package io.headworks.core.state;

import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.secret.Masker;
import java.nio.file.Path;
import java.util.List;

/**
 * What a state can be made from when it is lost.
 *
 * @param ledger rows of all targets; of each target oldest first
 * @param runFolder where run documents lie as files
 */
public record RebuiltContent(List<LedgerRow> ledger, Path runFolder) {
    public RebuiltContent {
        ledger = List.copyOf(ledger);
    }

    /** Writes it; within a transaction. The documents come first, so that the ledger has the last word on each run. */
    KeptDocuments.Count into(StateDatabase state) {
        KeptDocuments.Count documents = new KeptDocuments(runFolder).into(state);
        RunStore store = new RunStore(state, new RunFiles(runFolder), new Masker(List.of()));
        ledger.forEach(store::committed);
        return documents;
    }
}
