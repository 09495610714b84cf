package io.headworks.core.spec.format;

import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.SqlText;

/** SQL inside a key. */
final class Expressions {
    /** An expression over columns, in the engine's dialect; also with aggregates or windows where they make sense. */
    static final ScalarKind<String> EXPRESSION =
            inspected("expression", "an SQL expression over columns", Text.Kind.EXPRESSION);

    /** An expression that is true or false. */
    static final ScalarKind<String> CONDITION =
            inspected("condition", "an SQL condition over columns", Text.Kind.EXPRESSION);

    static final ScalarKind<String> SELECT = inspected("SELECT", "a SELECT", Text.Kind.SELECT);

    /** In a source's own dialect: only the source can read it. */
    static final ScalarKind<String> FOREIGN_CONDITION = ScalarKind.of(
                    "condition", "a condition in the source's dialect", Form.TEXT, text -> text.isBlank() ? null : text)
            .hearing((sql, node, in) -> {
                String why = ForeignSql.notACondition(sql);
                if (why != null) {
                    in.refuse(node, "sql-syntax", why, null);
                }
                return why == null;
            });

    private Expressions() {}

    private static ScalarKind<String> inspected(String label, String allowed, Text.Kind kind) {
        return ScalarKind.of(label, allowed, Form.TEXT, text -> text.isBlank() ? null : text)
                .hearing((sql, node, in) -> {
                    in.mention(new SqlText(in.path(), sql, kind, node, null));
                    return true;
                });
    }
}
