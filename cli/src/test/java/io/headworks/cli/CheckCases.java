package io.headworks.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cases of checks, a file for each kind: tables with their rows, below each the checks and what they must find.
 *
 * <pre>
 * table NAME (column type, …)
 * cell | NULL | ''
 * check CHECK => STATUS [FAILING ROWS] [[ids of failing rows]] [~ observed, or a part of the error]
 * </pre>
 */
record CheckCases(String kind, List<Table> tables) {
    private static final Path FOLDER = Path.of("src/test/resources/check-cases");
    private static final Pattern TABLE = Pattern.compile("table (\\w+) \\((.*)\\)");
    private static final Pattern CHECK =
            Pattern.compile("check (.*) => (\\w+)(?: (\\d+))?(?: \\[([\\d ]+)])?(?: ~ (.*))?");

    /** A table and what is asked of it. */
    record Table(String name, String columns, List<List<@Nullable String>> rows, List<Case> cases) {
        /** What a project can hold; others are refused when it is read. */
        List<Case> runnable() {
            return cases.stream().filter(each -> !each.isRefused()).toList();
        }

        /** Each value as a text, which every database takes for its column's type. */
        List<String> statements() {
            List<String> statements = new ArrayList<>();
            statements.add("CREATE TABLE \"" + name + "\" (" + columns + ")");
            for (List<@Nullable String> row : rows) {
                statements.add("INSERT INTO \"" + name + "\" VALUES ("
                        + String.join(", ", row.stream().map(Table::literal).toList()) + ")");
            }
            return statements;
        }

        private static String literal(@Nullable String value) {
            return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
        }
    }

    /** A check and what it must find; what is null may be anything. */
    record Case(
            String check,
            String status,
            @Nullable Long failing,
            List<String> ids,
            @Nullable String text) {
        boolean isRefused() {
            return status.equals("refused");
        }
    }

    int size() {
        return tables.stream().mapToInt(table -> table.cases().size()).sum();
    }

    static List<CheckCases> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(CheckCases::read).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static CheckCases read(Path file) {
        List<Table> tables = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                read(line, tables);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new CheckCases(file.getFileName().toString().replace(".cases", ""), tables);
    }

    private static void read(String line, List<Table> tables) {
        Matcher table = TABLE.matcher(line);
        Matcher check = CHECK.matcher(line);
        if (table.matches()) {
            tables.add(new Table(table.group(1), table.group(2), new ArrayList<>(), new ArrayList<>()));
        } else if (check.matches()) {
            String ids = check.group(4);
            last(tables)
                    .cases()
                    .add(new Case(
                            check.group(1),
                            check.group(2),
                            check.group(3) == null ? null : Long.valueOf(check.group(3)),
                            ids == null ? List.of() : List.of(ids.split(" ")),
                            check.group(5)));
        } else if (line.startsWith("check ") || line.startsWith("table ")) {
            throw new IllegalArgumentException("Cannot read a case: " + line);
        } else if (!line.isBlank() && !line.startsWith("#")) {
            last(tables).rows().add(cells(line));
        }
    }

    private static Table last(List<Table> tables) {
        return tables.get(tables.size() - 1);
    }

    private static List<@Nullable String> cells(String line) {
        List<@Nullable String> cells = new ArrayList<>();
        Arrays.stream(line.split("\\|")).map(String::strip).forEach(cell -> cells.add(value(cell)));
        return cells;
    }

    private static @Nullable String value(String cell) {
        boolean quoted = cell.length() > 1 && cell.startsWith("'") && cell.endsWith("'");
        return cell.equals("NULL") ? null : quoted ? cell.substring(1, cell.length() - 1) : cell;
    }
}
