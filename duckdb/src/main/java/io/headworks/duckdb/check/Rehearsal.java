package io.headworks.duckdb.check;

import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the engine to plan a statement and answer its complaint as a value. A statement that fails, even one that names
 * an unknown column, ends the transaction it is in (measured); a rehearsal does not, so that one bad check in a load's
 * transaction leaves the others their say.
 */
final class Rehearsal {

    private Rehearsal() {}

    /** The engine's sentence; empty when the statement can be planned. */
    static Optional<String> complaint(SqlRunner sql, String statement) {
        String select =
                "SELECT json_extract_string(json_serialize_plan(" + DuckSql.text(statement) + "), '$.error_message')";
        List<Optional<String>> found = sql.query(select, row -> {
            @Nullable String message = row.getString(1);
            return Optional.ofNullable(message);
        });
        return found.get(0).filter(message -> !isAboutTheRehearsal(message));
    }

    /** A plan over a file was made, but has no text form. */
    private static boolean isAboutTheRehearsal(String message) {
        return message.toLowerCase(Locale.ROOT).contains("serializ");
    }
}
