package io.headworks.core.proof;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.json.Json;
import io.headworks.core.spec.Expectation.Match;
import io.headworks.core.spec.Fixture;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what tests left behind into the CSV files that say what they should. */
public final class GoldenRows {
    private final Path folder;

    /** @param folder of the project */
    public GoldenRows(Path folder) {
        this.folder = folder;
    }

    /**
     * Rewrites the files of the tables that differ; answers them.
     *
     * @throws HeadworksException of kind PROJECT, before anything is written, when a test failed for another reason, or has
     *     rows that are in no CSV file
     */
    public List<String> rewrite(List<TestResult> results) {
        List<ComparedTable> tables = new ArrayList<>();
        for (TestResult result : results) {
            if (!result.messages().isEmpty()) {
                throw refused(
                        result.test().name() + " fails for another reason than its rows: "
                                + result.messages().get(0),
                        "correct it first");
            }
            result.tables().stream()
                    .filter(table -> !table.differences().isEmpty())
                    .forEach(tables::add);
        }
        tables.forEach(GoldenRows::file);
        List<String> files = new ArrayList<>();
        for (ComparedTable table : tables) {
            String file = file(table);
            if (files.contains(file)) {
                throw refused("two tests expect the rows of " + file, "give each a file of its own");
            }
            files.add(file);
        }
        tables.forEach(table -> write(folder.resolve(file(table)), text(table)));
        return files;
    }

    private static String file(ComparedTable table) {
        String where = table.expectation().place() + ", " + table.table();
        if (table.expectation().match() == Match.SUBSET) {
            throw refused("some rows of many are expected at " + where, "correct them by hand, or write match: exact");
        }
        String file = table.expectation().rows() instanceof Fixture.Rows rows ? rows.file() : null;
        if (file == null) {
            throw refused(
                    "the expected rows stand in the test itself at " + where,
                    "write rows: fixtures/NAME.csv, with a header in that file, and run it again");
        }
        return file;
    }

    private static HeadworksException refused(String why, String hint) {
        return new HeadworksException(FailureKind.PROJECT, "Cannot rewrite expected rows: " + why, hint);
    }

    /** Sorted, so that the next change shows as such; in the table's order where that is expected. */
    private static String text(ComparedTable table) {
        Stream<String> lines = table.actual().stream()
                .map(row -> row.stream().map(GoldenRows::cell).collect(Collectors.joining(",")));
        String header = table.columns().stream().map(GoldenRows::cell).collect(Collectors.joining(","));
        Stream<String> rows = table.expectation().match() == Match.ORDERED ? lines : lines.sorted();
        return Stream.concat(Stream.of(header), rows).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Rows as a fixture file has them. */
    static String csv(Fixture.Rows rows) {
        String header = rows.columns().stream().map(GoldenRows::cell).collect(Collectors.joining(","));
        return Stream.concat(
                        Stream.of(header),
                        rows.rows().stream()
                                .map(row -> row.stream()
                                        .map(each -> cell(each.text()))
                                        .collect(Collectors.joining(","))))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof Map || value instanceof List
                ? Json.compact(value)
                : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        boolean quoted = text.isEmpty() || text.matches("(?s).*[\",\n\r].*");
        return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
