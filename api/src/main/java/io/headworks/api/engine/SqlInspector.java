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
     * @param reach what its rows depend on
     */
    record Finding(
            @Nullable String error,
            int errorOffset,
            List<String> tables,
            List<String> columns,
            List<String> functions,
            Reach reach) {

        /** Where nobody asks how far it reaches. */
        public Finding(
                @Nullable String error,
                int errorOffset,
                List<String> tables,
                List<String> columns,
                List<String> functions) {
            this(error, errorOffset, tables, columns, functions, Reach.NONE);
        }
    }

    /**
     * What the rows of a SELECT depend on beside its text.
     *
     * @param inputs each use of a table, in order
     * @param beyond functions that reach past datasets: into files, the catalogue or the machine
     * @param changing what may give other rows over the same tables: the time of day, chance
     */
    record Reach(List<Input> inputs, List<String> beyond, List<String> changing) {
        public static final Reach NONE = new Reach(List.of(), List.of(), List.of());

        public Reach {
            inputs = List.copyOf(inputs);
            beyond = List.copyOf(beyond);
            changing = List.copyOf(changing);
        }
    }

    /**
     * A table in FROM or JOIN.
     *
     * @param table as written
     * @param name what the columns of its rows are qualified by
     */
    record Input(String table, String name) {}

    @Override
    void close();
}
