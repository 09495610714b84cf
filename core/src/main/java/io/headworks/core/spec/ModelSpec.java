package io.headworks.core.spec;

import io.headworks.api.dataset.DatasetName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SELECT of a model, and what is known of it once all files are read.
 *
 * @param file where it stands
 * @param runOn where it runs
 * @param selected the datasets that only the SELECT reads
 * @param changed the inputs of which only the changed rows are read; empty when every run reads everything
 * @param changing what may give other rows over the same inputs, as {@code now()}; empty for nothing
 */
public record ModelSpec(
        String file,
        String sql,
        RunOn runOn,
        List<DatasetName> selected,
        List<Changed> changed,
        List<String> changing) {
    /** Stands for the connection of an extract where a model reads datasets; no project can declare one. */
    public static final String SOURCE = "the project's datasets";

    /** Where a SELECT runs. */
    public enum RunOn {
        /** In the engine, in its dialect, over what the run brings there. */
        ENGINE,
        /** In the database that holds all its inputs and its table, in that one's dialect. */
        TARGET
    }

    public ModelSpec {
        selected = List.copyOf(selected);
        changed = List.copyOf(changed);
        changing = List.copyOf(changing);
    }

    public ModelSpec(String file, String sql, RunOn runOn) {
        this(file, sql, runOn, List.of(), List.of(), List.of());
    }

    /** True when a run goes on from the position of the one before. */
    public boolean isIncremental() {
        return !changed.isEmpty();
    }

    /**
     * A {@code {{ changed(x) }}} of the SELECT.
     *
     * @param placeholder the text between its brackets
     * @param name what the SELECT calls the input
     * @param written the input as the SELECT spells it
     * @param column by which changed rows are found; null for the audit column of the input's loads
     */
    public record Changed(
            String placeholder,
            String name,
            DatasetName written,
            @Nullable String column) {}
}
