package io.headworks.cli;

import io.headworks.core.drift.ColumnChange;
import io.headworks.core.drift.Rename;
import io.headworks.core.drift.SchemaVersion;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.service.ColumnUses;
import io.headworks.core.service.SchemaReport;
import java.time.Instant;
import java.util.stream.Collectors;

/** Shows what is known of a source's columns. */
final class SchemaChangeLines {
    private final Console console;

    SchemaChangeLines(Console console) {
        this.console = console;
    }

    void show(SchemaReport report) {
        console.line(report.source().pipeline() + " ← " + report.source().source());
        versions(report);
        SourceDrift drift = report.drift();
        if (drift != null) {
            changes(drift);
        }
        report.uses().forEach(this::uses);
        if (report.unfit() != null) {
            console.line("  the stages do not fit it any more: " + report.unfit());
        }
    }

    private void versions(SchemaReport report) {
        if (report.versions().isEmpty()) {
            console.line("  no run has looked at it yet");
            return;
        }
        TextTable table = new TextTable("VERSION", "FIRST SEEN (UTC)", "LAST SEEN (UTC)", "COLUMNS", "CHANGED");
        for (int i = 0; i < report.versions().size(); i++) {
            SchemaVersion version = report.versions().get(i);
            table.row(
                    version.number(),
                    time(version.firstSeen()),
                    time(version.lastSeen()),
                    version.schema().fields().size(),
                    report.changesOf(i).stream()
                            .map(change -> change.column() + " " + change.kind())
                            .collect(Collectors.joining(", ")));
        }
        console.table(table);
    }

    private static String time(Instant at) {
        return at.toString().substring(0, 19).replace('T', ' ');
    }

    private void changes(SourceDrift drift) {
        if (drift.changes().isEmpty()) {
            console.line("  nothing changed since version " + drift.since().number() + ", the last load's");
            return;
        }
        console.line("  now, against version " + drift.since().number() + ":");
        for (ColumnChange change : drift.changes()) {
            console.line(String.format("  %-12s %s", change.kind(), change.sentence()));
        }
        for (Rename rename : drift.renames()) {
            console.line(String.format("  %-12s %s", "rename?", rename.sentence()));
        }
    }

    private void uses(ColumnUses.Uses uses) {
        console.line("  " + uses.column() + " is used by:");
        uses.made().forEach(column -> console.line("    column   " + column.table() + "(" + column.column() + ")"));
        uses.mentions()
                .forEach(mention ->
                        console.line("    file     " + mention.place() + " " + mention.key() + ": " + mention.value()));
        uses.perhaps().forEach(dataset -> console.line("    perhaps  " + dataset));
        if (uses.made().isEmpty() && uses.mentions().isEmpty() && uses.perhaps().isEmpty()) {
            console.line("    nothing");
        }
    }
}
