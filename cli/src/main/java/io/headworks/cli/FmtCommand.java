package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.core.service.FormatProject;
import io.headworks.core.service.FormatProject.Formatted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lays out project files. */
@Command(
        name = "fmt",
        description = "Lay out the YAML files: two spaces a level, keys in the order of the reference, comments kept",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw fmt",
            "  hw fmt --check      write nothing; exit code 1 when a file would change",
        })
final class FmtCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--check", description = "Write nothing; say which files would change")
    private boolean check;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        List<Formatted> all = new FormatProject(
                        invocation.folder(), invocation.setup().connectors().all())
                .look();
        List<Object> files = new ArrayList<>();
        int changed = 0;
        int refused = 0;
        for (Formatted each : all) {
            if (each.changed()) {
                changed++;
                console.line((check ? "would change " : "formatted ") + each.file());
                if (!check) {
                    FormatProject.write(each);
                }
            } else if (each.refused() != null) {
                refused++;
                console.line(String.valueOf(each.refused().getMessage()));
            }
            files.add(document(each));
        }
        console.line(all.size() + (all.size() == 1 ? " file" : " files") + ", " + changed
                + (check ? " would change" : " changed"));
        console.document(Map.of("files", files));
        return refused > 0 ? FailureKind.PROJECT.exitCode() : check && changed > 0 ? 1 : 0;
    }

    private Map<String, @Nullable Object> document(Formatted formatted) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("file", formatted.file());
        tree.put("changed", formatted.changed());
        tree.put(
                "refused",
                formatted.refused() == null ? null : formatted.refused().getMessage());
        return tree;
    }
}
