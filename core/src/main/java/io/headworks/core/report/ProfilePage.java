package io.headworks.core.report;

import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Outliers;
import io.headworks.api.profile.TableProfile;
import io.headworks.core.imports.YamlText;
import io.headworks.core.profile.CandidateKey;
import io.headworks.core.profile.Conclusion;
import io.headworks.core.profile.Findings;
import io.headworks.core.profile.ForeignKey;
import io.headworks.core.profile.ProposedCheck;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a table looks like, as one page of HTML that needs nothing else: charts are drawings, nothing runs in it. */
public final class ProfilePage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>
            :root { color-scheme: light dark; --ink: #1c2733; --paper: #fff; --faint: #66727f; --line: #d5dce3; --bar: #2f6fab; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e3e8ed; --paper: #14191f; --faint: #95a1ad; --line: #333d47; --bar: #6fa8dc; }
            }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
              max-width: 70rem; padding: 0 1rem; }
            h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin-top: 2rem; }
            h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; } p { margin: .3rem 0; }
            table { border-collapse: collapse; width: 100%%; } .wide { overflow-x: auto; }
            th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
            td { overflow-wrap: anywhere; } code { font: 13px/1.4 ui-monospace, monospace; }
            .faint { color: var(--faint); } article { border-top: 1px solid var(--line); padding: 1rem 0; }
            .charts { display: flex; flex-wrap: wrap; gap: 1.5rem; margin-top: .6rem; }
            figure { margin: 0; } figcaption { color: var(--faint); font-size: 13px; }
            svg { max-width: 100%%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
            svg rect { fill: var(--bar); } svg line { stroke: var(--line); }
            </style></head><body>
            <h1>%1$s</h1>
            """;

    private final StringBuilder out = new StringBuilder();

    private ProfilePage() {}

    /** @param findings with values of persons masked already */
    public static String of(Findings findings, List<ProposedCheck> proposed) {
        ProfilePage page = new ProfilePage();
        page.out.append(HEAD.formatted(Markup.escaped(findings.dataset().toString())));
        page.summary(findings);
        page.checks(proposed);
        page.out.append("<h2>Columns</h2>\n");
        findings.profile().columns().forEach(column -> page.column(column, findings));
        return page.out.append("</body></html>\n").toString();
    }

    private void summary(Findings findings) {
        TableProfile profile = findings.profile();
        paragraph(number(profile.rows()) + " rows, " + profile.columns().size() + " columns"
                + (profile.isWhole()
                        ? ""
                        : "; quantiles, histograms and shapes from a sample of " + number(profile.sampledRows())
                                + " rows"));
        for (CandidateKey key : findings.keys()) {
            paragraph("Unique and never NULL: " + key);
        }
        for (ForeignKey reference : findings.references()) {
            paragraph("Contained: " + reference);
        }
    }

    private void paragraph(String text) {
        out.append("<p>").append(Markup.escaped(text)).append("</p>\n");
    }

    private void checks(List<ProposedCheck> proposed) {
        out.append("<h2>Proposed checks</h2>\n");
        if (proposed.isEmpty()) {
            paragraph("None that is not there already.");
            return;
        }
        out.append("<div class=\"wide\"><table><thead><tr><th>Check</th><th>Because</th></tr></thead><tbody>\n");
        for (ProposedCheck check : proposed) {
            String yaml = YamlText.inline(Map.of(check.kind(), check.written()));
            out.append("<tr><td><code>")
                    .append(Markup.escaped(yaml.substring(1, yaml.length() - 1)))
                    .append("</code></td><td>")
                    .append(Markup.escaped(check.reason()))
                    .append("</td></tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private void column(ColumnProfile column, Findings findings) {
        out.append("<article><h3>").append(Markup.escaped(column.name())).append(" <span class=\"faint\">");
        out.append(Markup.escaped(column.field().type().toString())).append("</span></h3>\n");
        paragraph(facts(column, findings.personal().contains(column.name())));
        out.append("<div class=\"charts\">\n");
        if (!column.histogram().isEmpty()) {
            out.append(Charts.histogram(column));
        }
        if (!column.top().values().isEmpty()) {
            out.append(Charts.bars("Frequent values, rows", column.top().values()));
        }
        if (!column.shapes().isEmpty()) {
            out.append(Charts.bars("Shapes, rows of the sample", column.shapes()));
        }
        out.append("</div></article>\n");
    }

    private static String facts(ColumnProfile column, boolean isMasked) {
        StringBuilder text = new StringBuilder();
        text.append(percent(column.nullShare())).append(" NULL, ");
        text.append(column.distinct().isExact() ? "" : "about ")
                .append(number(column.distinct().count()))
                .append(" different values");
        if (column.span() != null) {
            text.append(", from ")
                    .append(column.span().min())
                    .append(" to ")
                    .append(column.span().max());
        }
        Conclusion.of(column)
                .ifPresent(found ->
                        text.append(", looks like ").append(found.meaning().word()));
        ColumnProfile.Numbers numbers = column.numbers();
        Outliers outliers = numbers == null ? null : numbers.outliers();
        if (outliers != null && outliers.count() > 0) {
            text.append(", ").append(number(outliers.count())).append(" values far out");
        }
        if (numbers != null && numbers.mean() != null) {
            text.append(String.format(Locale.ROOT, ", mean %.6g", Objects.requireNonNull(numbers.mean())));
        }
        return text.append(isMasked ? "; values are masked" : "").toString();
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Never 0 % of something, never 100 % of not all. */
    private static String percent(double share) {
        if (share > 0 && share < 0.0001) {
            return "<0.01%";
        }
        return share < 1 && share > 0.9999 ? ">99.99%" : String.format(Locale.ROOT, "%.2f%%", share * 100);
    }
}
