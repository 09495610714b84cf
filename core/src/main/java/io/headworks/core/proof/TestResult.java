package io.headworks.core.proof;

import io.headworks.core.spec.LoadTest;
import java.util.List;
import java.util.Locale;

/**
 * How a test ended.
 *
 * @param messages why it did not pass, besides the differences of its tables
 */
public record TestResult(
        LoadTest test, Status status, double seconds, List<String> messages, List<ComparedTable> tables) {
    public TestResult {
        messages = List.copyOf(messages);
        tables = List.copyOf(tables);
    }

    public enum Status {
        PASSED,
        /** The pipeline did not do what the test expects. */
        FAILED,
        /** The test itself could not be carried out. */
        ERROR;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public List<RowDifference> differences() {
        return tables.stream().flatMap(table -> table.differences().stream()).toList();
    }
}
