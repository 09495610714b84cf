package io.headworks.core.spec;

import io.headworks.api.check.Check;
import io.headworks.api.dataset.DatasetName;
import java.util.List;

/** Checks of a table that stand in a file of their own; {@code table} and {@code uses} carry their connections. */
public record CheckFile(Place place, DatasetName table, Schedule schedule, List<Check> checks, List<DatasetUse> uses) {
    public CheckFile {
        checks = List.copyOf(checks);
        uses = List.copyOf(uses);
    }
}
