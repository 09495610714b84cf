package io.headworks.api.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads users' SQL without running it. Many texts in one call, because starting a parser costs more than parsing. */
public interface SqlInspector extends AutoCloseable {

    /** One finding per text, in order. */
    List<Finding> inspect(List<Text> texts);

    /** SQL to be read: a whole SELECT, one expression over columns, or one with aggregates or windows. */
    record Text(String sql, Kind kind) {
        public enum Kind {
            SELECT,
            EXPRESSION
        }
    }

    /**
     * What was found.
     *
     * @param error the parser's sentence; null when the text can be read
     * @param errorOffset 0-based character in the text; -1 when unknown
     * @param tables names after FROM and JOIN that are no CTE, as written, without duplicates, in order
     * @param columns unqualified or qualified column names used, last part only, in order
     * @param functions function names used, lower case, in order
     */
    record Finding(
            @Nullable String error,
            int errorOffset,
            List<String> tables,
            List<String> columns,
            List<String> functions) {}

    @Override
    void close();
}
