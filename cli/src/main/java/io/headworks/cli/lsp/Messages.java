package io.headworks.cli.lsp;

import io.headworks.core.editor.Diagnosis;
import io.headworks.core.editor.Position;
import io.headworks.core.editor.Span;
import io.headworks.core.editor.Suggestion;
import io.headworks.core.spec.Problem;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;

/** Our answers as messages of the protocol. */
final class Messages {
    private Messages() {}

    static Position position(org.eclipse.lsp4j.Position position) {
        return new Position(position.getLine(), position.getCharacter());
    }

    static Diagnostic diagnostic(Diagnosis diagnosis) {
        Problem problem = diagnosis.problem();
        String text = problem.hint() == null ? problem.message() : problem.message() + "\n" + problem.hint();
        return new Diagnostic(
                range(diagnosis.span()),
                text,
                problem.isError() ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                "headworks",
                problem.code());
    }

    static CompletionItem item(Suggestion suggestion) {
        CompletionItem item = new CompletionItem(suggestion.label());
        item.setInsertText(suggestion.insert());
        item.setKind(kind(suggestion.what()));
        if (!suggestion.detail().isEmpty()) {
            item.setDetail(suggestion.detail());
        }
        if (!suggestion.documentation().isEmpty()) {
            item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, suggestion.documentation()));
        }
        return item;
    }

    private static CompletionItemKind kind(Suggestion.What what) {
        return switch (what) {
            case KEY -> CompletionItemKind.Property;
            case VALUE -> CompletionItemKind.EnumMember;
            case CONNECTION -> CompletionItemKind.Module;
            case DATASET -> CompletionItemKind.Struct;
            case PIPELINE -> CompletionItemKind.Function;
            case COLUMN -> CompletionItemKind.Field;
            case VARIABLE -> CompletionItemKind.Variable;
        };
    }

    static Hover hover(String markdown) {
        return new Hover(new MarkupContent(MarkupKind.MARKDOWN, markdown));
    }

    static Location location(io.headworks.core.editor.Location location) {
        return new Location(location.file().toUri().toString(), range(location.span()));
    }

    private static Range range(Span span) {
        return new Range(
                new org.eclipse.lsp4j.Position(span.from().line(), span.from().character()),
                new org.eclipse.lsp4j.Position(span.to().line(), span.to().character()));
    }
}
