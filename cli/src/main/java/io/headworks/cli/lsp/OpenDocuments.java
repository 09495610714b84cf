package io.headworks.cli.lsp;

import io.headworks.core.editor.Diagnosis;
import io.headworks.core.editor.EditedProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/**
 * What an editor has open, and what it asks about that. A change is looked at when nothing else waits: of many in a row, the
 * last.
 */
final class OpenDocuments implements TextDocumentService, WorkspaceService {
    private final Projects projects;
    private final Executor answering;
    private final AtomicLong changes = new AtomicLong();
    private final Map<Path, TreeSet<String>> told = new HashMap<>();
    private @Nullable LanguageClient client;

    /** @param answering one thread; projects are touched on no other */
    OpenDocuments(Projects projects, Executor answering) {
        this.projects = projects;
        this.answering = answering;
    }

    void tell(LanguageClient editor) {
        client = editor;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams opened) {
        edited(opened.getTextDocument().getUri(), opened.getTextDocument().getText());
    }

    @Override
    public void didChange(DidChangeTextDocumentParams changed) {
        int last = changed.getContentChanges().size() - 1;
        if (last >= 0) {
            edited(
                    changed.getTextDocument().getUri(),
                    changed.getContentChanges().get(last).getText());
        }
    }

    private void edited(String uri, String text) {
        answering.execute(() ->
                projects.of(uri).ifPresent(member -> member.project().edited(member.file(), text)));
        look();
    }

    @Override
    public void didClose(DidCloseTextDocumentParams closed) {
        String uri = closed.getTextDocument().getUri();
        answering.execute(
                () -> projects.of(uri).ifPresent(member -> member.project().closed(member.file())));
        look();
    }

    @Override
    public void didSave(DidSaveTextDocumentParams saved) {
        look();
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams changed) {
        answering.execute(() -> projects.all().values().forEach(EditedProject::changedOnDisk));
        look();
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams changed) {
        // There is nothing to configure.
    }

    /** Says what is wrong in all projects, unless another change came meanwhile. */
    private void look() {
        long change = changes.incrementAndGet();
        answering.execute(() -> {
            if (change == changes.get()) {
                projects.all().forEach(this::tell);
            }
        });
    }

    private void tell(Path folder, EditedProject project) {
        LanguageClient editor = client;
        if (editor == null) {
            return;
        }
        Map<String, List<Diagnosis>> found = project.diagnoses();
        TreeSet<String> files = told.computeIfAbsent(folder, each -> new TreeSet<>());
        files.addAll(found.keySet());
        for (String file : files) {
            editor.publishDiagnostics(new PublishDiagnosticsParams(
                    folder.resolve(file).toUri().toString(),
                    found.getOrDefault(file, List.of()).stream()
                            .map(Messages::diagnostic)
                            .toList()));
        }
        files.retainAll(found.keySet());
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams asked) {
        return answer(asked.getTextDocument().getUri(), List.<CompletionItem>of(), member -> {
                    List<CompletionItem> items = new ArrayList<>();
                    member.project()
                            .suggestions(member.file(), Messages.position(asked.getPosition()))
                            .forEach(each -> items.add(Messages.item(each)));
                    return items;
                })
                .thenApply(Either::forLeft);
    }

    @Override
    public CompletableFuture<@Nullable Hover> hover(HoverParams asked) {
        return answer(
                        asked.getTextDocument().getUri(),
                        Optional.<Hover>empty(),
                        member -> member.project()
                                .about(member.file(), Messages.position(asked.getPosition()))
                                .map(Messages::hover))
                .thenApply(hover -> hover.orElse(null));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams asked) {
        return answer(
                        asked.getTextDocument().getUri(),
                        List.<Location>of(),
                        member -> member.project()
                                .definition(member.file(), Messages.position(asked.getPosition()))
                                .map(Messages::location)
                                .map(List::of)
                                .orElse(List.of()))
                .thenApply(Either::forLeft);
    }

    private <T> CompletableFuture<T> answer(String uri, T otherwise, Function<Projects.Member, T> question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Projects.Member member = projects.of(uri).orElse(null);
                    return member == null ? otherwise : question.apply(member);
                },
                answering);
    }
}
