package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.PreviewData;
import io.headworks.core.service.Workbench;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the first rows of a table or of files. */
@Command(
        name = "preview",
        description = "Show the first rows of a table or of files, with types, keys and what was detected",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw preview fct_orders", "  hw preview 'landing:orders/*.csv'"})
final class PreviewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE-or-PATH", description = "A table or path, [connection:]name")
    private String what;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = NumberArgument.NotNegative.class,
            description = "Rows to show (default: 10)")
    private int limit = 10;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation);
                Workbench bench = new Workbench(invocation.setup(), invocation.projectToLookAtData(), cancellation)) {
            PreviewData.Preview preview = new PreviewData(bench).run(what, limit);
            console.line(console.colour().bold(preview.dataset().toString()));
            preview.facts().forEach((key, value) -> fact(console, key, value));
            TextTable columns = new TextTable("COLUMN", "TYPE", "NULLS");
            preview.table()
                    .schema()
                    .fields()
                    .forEach(field -> columns.row(field.name(), field.type(), field.nullable() ? "allowed" : "no"));
            console.line("");
            console.table(columns);
            console.line("");
            TextTable rows = new TextTable(preview.table().schema().names());
            preview.table().rows().forEach((List<? extends @Nullable Object> row) -> rows.row(row));
            console.table(rows);
            console.document(preview.document());
        }
        return 0;
    }

    private static void fact(Console console, String key, @Nullable Object value) {
        boolean empty = value == null
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof Number number && number.longValue() == 0;
        if (!empty) {
            console.line(String.format("  %-14s%s", key.replace('_', ' '), value));
        }
    }
}
