package io.headworks.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.state.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private static final long NOBODY = 999_999_999;

    @TempDir
    Path folder;

    @Test
    void whoWorksInAFolderKeepsItHoweverOftenOthersLook() throws Exception {
        Workspace workspace = new Workspace(folder);
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<?> claims = beside.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    workspace.staging("run" + i);
                    workspace.temporary();
                }
            });
            while (!claims.isDone()) {
                assertThat(workspace.abandoned()).isEmpty();
            }
            claims.get();
        } finally {
            beside.shutdown();
        }
        assertThat(workspace.abandoned()).isEmpty();
    }

    @Test
    void onlyWhatADeadProcessOfThisMachineLeftIsAbandoned() throws IOException {
        String here = Machine.here().host();
        Path dead = marked("dead", NOBODY + " 2024-01-01T00:00:00Z " + here);
        Path reused = marked("reused", ProcessHandle.current().pid() + " 2024-01-01T00:00:00Z " + here);
        Path torn = marked("torn", "");
        marked("elsewhere", NOBODY + " 2024-01-01T00:00:00Z not-" + here);
        Path longAgo = marked("elsewhere-long-ago", NOBODY + " 2024-01-01T00:00:00Z not-" + here);
        age(longAgo.resolve("owner"));
        Path unclaimed = Files.createDirectories(folder.resolve("staging/unclaimed"));
        age(unclaimed);
        Files.createDirectories(folder.resolve("staging/about-to-be-claimed"));

        assertThat(new Workspace(folder).abandoned()).containsExactlyInAnyOrder(dead, reused, torn, longAgo, unclaimed);
    }

    private Path marked(String name, String owner) throws IOException {
        Path marked = Files.createDirectories(folder.resolve("staging").resolve(name));
        Files.writeString(marked.resolve("owner"), owner);
        return marked;
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600L * 24 * 30)));
    }
}
