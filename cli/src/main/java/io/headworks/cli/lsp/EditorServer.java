package io.headworks.cli.lsp;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.SqlInspector;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** A server for one editor. What it is asked it answers one after the other, on one thread. */
public final class EditorServer implements LanguageServer {
    private final OpenDocuments documents;
    private final ExecutorService answering;
    private final String version;
    private volatile boolean shutDown;

    public EditorServer(List<Connector> connectors, Supplier<SqlInspector> inspector, String version) {
        this.answering = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hw-lsp");
            thread.setDaemon(true);
            return thread;
        });
        this.documents = new OpenDocuments(new Projects(connectors, inspector), answering);
        this.version = version;
    }

    /**
     * Answers until the editor says that it is over, or goes away.
     *
     * @return the exit code: 0 when it was told to shut down before
     */
    public int serve(InputStream in, OutputStream out) {
        Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(this, in, out);
        documents.tell(launcher.getRemoteProxy());
        try {
            launcher.startListening().get();
        } catch (ExecutionException broken) {
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            answering.shutdownNow();
        }
        return shutDown ? 0 : 1;
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams parameters) {
        TextDocumentSyncOptions synchronization = new TextDocumentSyncOptions();
        synchronization.setOpenClose(true);
        synchronization.setChange(TextDocumentSyncKind.Full);
        synchronization.setSave(true);
        ServerCapabilities capabilities = new ServerCapabilities();
        capabilities.setTextDocumentSync(synchronization);
        capabilities.setCompletionProvider(new CompletionOptions(false, List.of(":", ".", " ", "{")));
        capabilities.setHoverProvider(true);
        capabilities.setDefinitionProvider(true);
        return CompletableFuture.completedFuture(
                new InitializeResult(capabilities, new ServerInfo("headworks", version)));
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void exit() {
        System.exit(shutDown ? 0 : 1);
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return documents;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return documents;
    }
}
