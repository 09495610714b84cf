package io.headworks.core.spec.loading;

import io.headworks.api.engine.SqlInspector;
import java.util.List;

/** Finds nothing in any SQL, and nothing wrong with it. */
final class UnreadSql implements SqlInspector {
    static final Finding NOTHING = new Finding(null, -1, List.of(), List.of(), List.of());

    @Override
    public List<Finding> inspect(List<Text> texts) {
        return texts.stream().map(any -> NOTHING).toList();
    }

    @Override
    public void close() {}
}
