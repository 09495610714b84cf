package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.SelectParts;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.lineage.TableColumns;
import io.headworks.api.lineage.Trace;
import java.util.Map;
import java.util.Set;

/** A text that the engine's parser cannot read. */
record UnreadSelect(String text, String error) implements SelectTree {
    @Override
    public Trace trace(TableColumns tables) {
        return new Trace.Unknown("SQL that cannot be read (" + error + ")");
    }

    @Override
    public String form() {
        return text;
    }

    @Override
    public SelectParts parts() {
        return new SelectParts(Map.of(), new SelectParts.Part(text, Set.of()));
    }
}
