package io.headworks.cli;

import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Counted;
import io.headworks.api.profile.TableProfile;
import io.headworks.core.imports.YamlText;
import io.headworks.core.profile.CandidateKey;
import io.headworks.core.profile.Conclusion;
import io.headworks.core.profile.Findings;
import io.headworks.core.profile.ProposedCheck;
import io.headworks.core.service.ProfileTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a table looks like, for people. */
final class QualityLines {
    private static final int SHOWN = 5;

    private final Console console;

    QualityLines(Console console) {
        this.console = console;
    }

    void show(ProfileTable.Looked looked) {
        show(looked.findings());
        console.line("");
        if (looked.checks().isEmpty()) {
            console.line("no check is proposed that is not there already");
            return;
        }
        console.line("checks that hold on every row and nobody makes yet (--write puts them into the contract):");
        TextTable checks = new TextTable("CHECK", "OF", "WITH", "BECAUSE");
        looked.checks().forEach(check -> checks.row(check.kind(), check.subject(), options(check), check.reason()));
        console.table(checks);
    }

    private static String options(ProposedCheck check) {
        Map<String, Object> beyond = new LinkedHashMap<>(check.written());
        List.of("column", "columns").forEach(beyond::remove);
        String text = YamlText.inline(beyond);
        return text.substring(1, text.length() - 1);
    }

    private void show(Findings findings) {
        TableProfile profile = findings.profile();
        console.line(console.colour().bold(findings.dataset().toString()) + ", " + profile.rows() + " rows"
                + (profile.isWhole()
                        ? ""
                        : "; quantiles, shapes and meanings from a sample of " + profile.sampledRows() + " rows"));
        console.line("");
        TextTable columns = new TextTable("COLUMN", "TYPE", "NULL", "DISTINCT", "MIN", "MEDIAN", "MAX", "LOOKS LIKE");
        profile.columns().forEach(column -> columns.row(row(column, findings)));
        console.table(columns);
        console.line("");
        TextTable values = new TextTable("COLUMN", "FREQUENT VALUES", "SHAPES");
        profile.columns()
                .forEach(column ->
                        values.row(column.name(), counted(column.top().values(), column), counted(column.shapes())));
        console.table(values);
        console.line("");
        keys(findings.keys());
        findings.references().forEach(reference -> console.line("contained: " + reference));
        profile.columns().forEach(this::outliers);
    }

    private static List<String> row(ColumnProfile column, Findings findings) {
        String median = column.quantiles().stream()
                .filter(quantile -> quantile.share() == 0.5)
                .map(ColumnProfile.Quantile::value)
                .findFirst()
                .orElse("");
        String looks = Conclusion.of(column)
                .map(conclusion -> conclusion.meaning().word() + " " + percent(conclusion.share()))
                .orElse("");
        boolean masked = findings.personal().contains(column.name());
        return List.of(
                column.name(),
                column.field().type().toString(),
                percent(column.nullShare()),
                (column.distinct().isExact() ? "" : "about ")
                        + column.distinct().count(),
                column.span() == null ? "" : column.span().min(),
                median,
                column.span() == null ? "" : column.span().max(),
                masked ? (looks + " (masked)").strip() : looks);
    }

    private static String counted(List<Counted> values, ColumnProfile column) {
        return values.isEmpty() && column.present() > 0
                ? "none in " + percent(column.top().rarest()) + " of the rows"
                : counted(values);
    }

    private static String counted(List<Counted> values) {
        return values.stream()
                .limit(SHOWN)
                .map(value -> value.value() + " " + value.rows())
                .collect(Collectors.joining(", "));
    }

    private void keys(List<CandidateKey> keys) {
        console.line(
                keys.isEmpty()
                        ? "no column or pair of columns was found that is unique and never NULL"
                        : "unique and never NULL: "
                                + keys.stream().map(key -> "(" + key + ")").collect(Collectors.joining(", ")));
    }

    private void outliers(ColumnProfile column) {
        ColumnProfile.Numbers numbers = column.numbers();
        ColumnProfile.Outliers outliers = numbers == null ? null : numbers.outliers();
        if (outliers != null && outliers.count() > 0) {
            console.line(column.name() + ": " + outliers.count() + " values far out, below " + outliers.lowFence()
                    + " or above " + outliers.highFence());
        }
    }

    /** Never 0 % of something, never 100 % of not all. */
    private static String percent(double share) {
        if (share > 0 && share < 0.0001) {
            return "<0.01%";
        } else if (share < 1 && share > 0.9999) {
            return ">99.99%";
        }
        return String.format(Locale.ROOT, "%.2f", share * 100).replaceAll("\\.?0+$", "") + "%";
    }
}
