package io.headworks.core.run;

import io.headworks.api.engine.Relation;
import io.headworks.api.type.Schema;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.Project;
import java.util.Locale;

/**
 * The rows of an input without the columns of the load that wrote them: {@code SELECT DISTINCT *} and {@code NATURAL JOIN}
 * mean the user's columns. One that the SELECT names, or that {@code {{ changed(x) }}} needs, stays.
 */
final class AuditColumnsHidden {
    private static final String OURS = "_hw_";

    private AuditColumnsHidden() {}

    static Relation from(Relation rows, DatasetUse use, ModelSpec model, Project project) {
        String sql = model.sql().toLowerCase(Locale.ROOT);
        String run = model.changed().stream()
                        .anyMatch(
                                each -> each.column() == null && each.written().equals(use.written()))
                ? project.producer(use.dataset())
                        .map(producer -> producer.load().audit())
                        .map(audit -> audit.run())
                        .orElse("")
                : "";
        Schema seen = new Schema(rows.schema().fields().stream()
                .filter(field -> {
                    String name = field.name().toLowerCase(Locale.ROOT);
                    return !name.startsWith(OURS) || field.name().equalsIgnoreCase(run) || sql.contains(name);
                })
                .toList());
        return new Relation(rows.sql(), seen, rows.hidden());
    }
}
