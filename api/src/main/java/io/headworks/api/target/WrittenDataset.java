package io.headworks.api.target;

import io.headworks.api.dataset.TableName;
import java.util.List;

/**
 * What loads wrote into a target.
 *
 * @param dataset as the ledger names it
 * @param tables that hold it
 */
public record WrittenDataset(String dataset, List<TableName> tables) {
    public WrittenDataset {
        tables = List.copyOf(tables);
    }
}
