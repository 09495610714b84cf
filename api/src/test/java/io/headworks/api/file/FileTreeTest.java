package io.headworks.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path folder;

    @Test
    void listsFilesAndLinksInOrderButNoHiddenFolders() throws IOException {
        Path b = Files.writeString(folder.resolve("b.yml"), "");
        Files.createDirectories(folder.resolve("a/.git"));
        Files.writeString(folder.resolve("a/.git/c.yml"), "");
        Path d = Files.writeString(folder.resolve("a/d.yml"), "");
        Path dangling = Files.createSymbolicLink(folder.resolve("z.yml"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("again"), folder.resolve("a"));

        assertThat(FileTree.files(folder)).containsExactly(d, b, dangling);
        assertThat(FileTree.files(folder, 1)).containsExactly(b, dangling);
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorToListAndNothingToRemove() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> FileTree.files(missing)).isInstanceOf(NoSuchFileException.class);
        FileTree.remove(missing);
    }

    @Test
    void removesLinksAndNotWhatTheyLeadTo() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "");
        Path gone = Files.createDirectories(folder.resolve("gone/below"));
        Files.createSymbolicLink(gone.resolve("link"), kept);

        FileTree.remove(folder.resolve("gone"));
        assertThat(FileTree.files(folder)).containsExactly(kept);
    }

    @Test
    void filesThatComeAndGoMeanwhileDisturbNobody() throws Exception {
        Path steady = Files.writeString(folder.resolve("m.yml"), "");
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<?> churn = beside.submit(() -> {
                while (!stop.get()) {
                    churn();
                }
                return null;
            });
            for (int i = 0; i < 500 && !churn.isDone(); i++) {
                assertThat(FileTree.files(folder)).contains(steady);
            }
            stop.set(true);
            churn.get();
        } finally {
            stop.set(true);
            beside.shutdown();
        }
    }

    /** Both of two who remove the same folder find it gone. */
    @Test
    void twoRemoveOneFolder() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 200; i++) {
                Path shared = folder.resolve("shared" + i);
                for (int file = 0; file < 10; file++) {
                    Path below = Files.createDirectories(shared.resolve("f" + file));
                    Files.writeString(below.resolve("x"), "");
                }
                List<Future<Object>> removed = both.invokeAll(List.of(() -> remove(shared), () -> remove(shared)));
                for (Future<Object> each : removed) {
                    each.get();
                }
                assertThat(shared).doesNotExist();
            }
        } finally {
            both.shutdown();
        }
    }

    private static Object remove(Path shared) throws IOException {
        FileTree.remove(shared);
        return shared;
    }

    private void churn() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.createDirectories(folder.resolve("d" + i));
            Files.writeString(folder.resolve("d" + i).resolve("x.yml"), "");
        }
        for (int i = 0; i < 20; i++) {
            Files.delete(folder.resolve("d" + i).resolve("x.yml"));
            Files.delete(folder.resolve("d" + i));
        }
    }
}
