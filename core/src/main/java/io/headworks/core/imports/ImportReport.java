package io.headworks.core.imports;

import io.headworks.core.imports.Finding.Outcome;
import java.util.List;

/** What was made of a project, to be kept beside it. */
final class ImportReport {
    static final String FILE = "IMPORTED.md";

    private ImportReport() {}

    static String of(String source, List<Finding> findings) {
        StringBuilder out = new StringBuilder("# Imported from ").append(source).append("\n\n");
        section(
                "Not imported",
                "These are missing here. Write them by hand, or change the original and import again.",
                findings.stream()
                        .filter(each -> each.outcome() == Outcome.LEFT_OUT)
                        .toList(),
                out);
        section(
                "Imported, and not quite the same",
                "Read these before you rely on what the project loads.",
                findings.stream()
                        .filter(each -> each.outcome() == Outcome.DIFFERS)
                        .toList(),
                out);
        if (findings.isEmpty()) {
            out.append("Everything was imported.\n");
        }
        return out.toString();
    }

    private static void section(String title, String advice, List<Finding> findings, StringBuilder out) {
        if (findings.isEmpty()) {
            return;
        }
        out.append("## ").append(title).append('\n').append(advice).append("\n\n");
        out.append("| where | what | why |\n|---|---|---|\n");
        for (Finding each : findings) {
            out.append("| ")
                    .append(cell(each.place()))
                    .append(" | ")
                    .append(cell(each.subject()))
                    .append(" | ")
                    .append(cell(each.reason()))
                    .append(" |\n");
        }
        out.append('\n');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }
}
