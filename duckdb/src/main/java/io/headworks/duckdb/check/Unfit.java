package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.compile.ExpressionText;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The failures of this package: a check that cannot be run on these columns. */
final class Unfit {

    private Unfit() {}

    static HeadworksException because(String sentence) {
        return new HeadworksException(FailureKind.PROJECT, sentence);
    }

    static Field column(Schema schema, String name) {
        return schema.field(name)
                .orElseThrow(() -> because("column '" + name + "' is missing (columns: " + schema + ")"));
    }

    static void columns(Schema schema, Collection<String> names) {
        if (names.isEmpty()) {
            throw because("it names no column (columns: " + schema + ")");
        }
        names.forEach(name -> column(schema, name));
    }

    static Field text(Schema schema, String name) {
        Field field = column(schema, name);
        if (!field.type().isText()) {
            throw type(field, "text");
        }
        return field;
    }

    static HeadworksException type(Field column, String needed) {
        return because("column '" + column.name() + "' is " + column.type() + " (needed: " + needed + ")");
    }

    /** A user's expression in brackets of its own. */
    static String expression(String key, String sql) {
        String what = "use " + key;
        try {
            return ExpressionText.of(what, sql).bracketed();
        } catch (HeadworksException refused) {
            String message = String.valueOf(refused.getMessage());
            throw because(key + message.substring(("Cannot " + what).length()));
        }
    }

    /** The whole sentence for a check. */
    static String sentence(Check check, String why) {
        return "Cannot run check " + check.name() + ": " + why;
    }

    static String orNull(@Nullable String text) {
        return text == null ? "NULL" : text;
    }
}
