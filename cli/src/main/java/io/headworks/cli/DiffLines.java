package io.headworks.cli;

import io.headworks.core.diff.DiffResult;
import io.headworks.core.diff.DiffResult.Cell;
import io.headworks.core.diff.DiffResult.Difference;
import io.headworks.core.diff.Pairing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A comparison as lines for people. */
final class DiffLines {
    private final Console console;

    DiffLines(Console console) {
        this.console = console;
    }

    void show(DiffResult result) {
        Pairing pairing = result.pairing();
        side("A", result.a());
        side("B", result.b());
        line("key", String.join(", ", keyNames(pairing)) + " (" + pairing.keyFrom() + ")");
        line("compared", compared(pairing));
        list("left out", pairing.leftOut());
        console.line("");
        counts(result);
        console.line("");
        columns(result);
        sample(result);
        pairing.rules().forEach(rule -> console.line(console.colour().dim("  " + rule)));
        if (result.export() != null) {
            console.line("all differences are in " + result.export());
        }
        verdict(result);
    }

    private void side(String name, DiffResult.Side side) {
        String how = side.hashedBy().equals("engine") ? "hashed here" : "hashed by " + side.hashedBy();
        line(
                name,
                side.dataset() + ", " + number(side.rows()) + " rows, " + how
                        + (side.why() == null ? "" : ": " + side.why()));
    }

    private static List<String> keyNames(Pairing pairing) {
        return pairing.key().stream().map(pair -> pair.a().name()).toList();
    }

    private static String compared(Pairing pairing) {
        return pairing.values().isEmpty()
                ? "the key alone"
                : pairing.values().stream().map(pair -> pair.a().name()).collect(Collectors.joining(", "));
    }

    private void counts(DiffResult result) {
        line("equal", number(result.equal()));
        line("different", number(result.different()));
        line("only in A", number(result.a().only()));
        line("only in B", number(result.b().only()));
        odd("A", result.a());
        odd("B", result.b());
        list("columns only in A", result.pairing().onlyInA());
        list("columns only in B", result.pairing().onlyInB());
    }

    /** Rows that cannot be paired. */
    private void odd(String name, DiffResult.Side side) {
        if (side.nullKeys() > 0) {
            line("NULL keys in " + name, number(side.nullKeys()) + " rows, not paired");
        }
        if (side.unpaired() > 0) {
            line(
                    "repeated keys",
                    number(side.repeatedKeys()) + " in " + name + "; " + number(side.unpaired())
                            + " rows of it not paired");
        }
    }

    private void columns(DiffResult result) {
        List<Map.Entry<String, Long>> differing = result.differing().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .toList();
        if (!differing.isEmpty()) {
            TextTable table = new TextTable("COLUMN", "DIFFERENT ROWS");
            differing.forEach(each -> table.row(each.getKey(), each.getValue()));
            console.table(table);
            console.line("");
        }
    }

    private void sample(DiffResult result) {
        if (result.sample().isEmpty()) {
            return;
        }
        List<String> heads = new ArrayList<>(keyNames(result.pairing()));
        heads.addAll(List.of("DIFFERENCE", "COLUMN", "A", "B"));
        TextTable table = new TextTable(heads);
        for (Difference difference : result.sample()) {
            List<@Nullable Object> key = new ArrayList<>(difference.key().values());
            List<Cell> cells = difference.cells().isEmpty() ? List.of(new Cell("", "", "")) : difference.cells();
            for (Cell cell : cells) {
                List<@Nullable Object> row = new ArrayList<>(key);
                row.add(difference.kind().replace('_', ' '));
                row.add(cell.column());
                row.add(shown(cell.a()));
                row.add(shown(cell.b()));
                table.row(row);
            }
        }
        console.table(table);
        if (result.more()) {
            console.note("there are more differences: --limit shows more, --export writes all of them");
        }
        console.line("");
    }

    private static Object shown(@Nullable Object value) {
        return value == null ? "NULL" : value;
    }

    private void verdict(DiffResult result) {
        Colour colour = console.colour();
        switch (result.status()) {
            case EQUAL -> console.line(colour.green("equal"));
            case DIFFERENT -> console.line(colour.red("different"));
            case EMPTY ->
                console.line(colour.yellow("empty: neither table has a row, so nothing was compared"
                        + (result.exitCode() == 0 ? "" : " (--allow-empty if that is right)")));
        }
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            line(name, String.join(", ", values));
        }
    }

    private void line(String name, String value) {
        console.line(String.format("  %-18s%s", name, value));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
