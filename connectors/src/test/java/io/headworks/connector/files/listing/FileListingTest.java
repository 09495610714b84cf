package io.headworks.connector.files.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {
    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("data"));
    }

    @Test
    void findsFilesInTheOrderOfTheirPaths() throws IOException {
        write("b.csv", "a.csv", "x/c.csv", "x/y/d.csv", "e.txt");

        assertThat(list("**/*.csv")).containsExactly("a.csv", "b.csv", "x/c.csv", "x/y/d.csv");
        assertThat(list("*/*.csv")).containsExactly("x/c.csv");
        assertThat(list("x/y/d.csv")).containsExactly("x/y/d.csv");
        assertThat(list("nothing/*.csv")).isEmpty();
    }

    @Test
    void passesOverHiddenAndUnfinishedFiles() throws IOException {
        write("a.csv", ".b.csv", "_c.csv", "d.csv.tmp", "e.csv.part", "_temporary/f.csv", ".git/g.csv", "h.csv~");

        assertThat(list("**/*")).containsExactly("a.csv");
        assertThat(FileListing.of(root, PathPattern.parse("*")).unfinished())
                .containsExactly("d.csv.tmp", "e.csv.part", "h.csv~");
        assertThat(list("_*.csv")).containsExactly("_c.csv");
        assertThat(list(".b.csv")).containsExactly(".b.csv");
        assertThat(list("*.tmp")).containsExactly("d.csv.tmp");
    }

    @Test
    void readsLinksInsideTheFolderAndRefusesThoseThatLeadOut() throws IOException {
        write("a.csv", "v1/b.csv");
        Files.createSymbolicLink(root.resolve("link.csv"), root.resolve("a.csv"));
        Files.createSymbolicLink(root.resolve("current"), root.resolve("v1"));
        assertThat(list("*.csv")).containsExactly("a.csv", "link.csv");
        assertThat(list("current/*.csv")).containsExactly("current/b.csv");

        Files.writeString(folder.resolve("secret.csv"), "x");
        Files.createSymbolicLink(root.resolve("out.csv"), folder.resolve("secret.csv"));
        assertThatThrownBy(() -> list("*.csv"))
                .isInstanceOf(HeadworksException.class)
                .hasMessage("Cannot read out.csv: it leads out of the connection's folder");

        Files.createSymbolicLink(root.resolve("up"), folder);
        assertThatThrownBy(() -> list("up/*.csv")).hasMessageContaining("leads out");
    }

    @Test
    void doesNotRunInCircles() throws IOException {
        write("x/a.csv");
        Files.createSymbolicLink(root.resolve("x/again"), root.resolve("x"));

        assertThat(list("**/*.csv")).containsExactly("x/a.csv");
    }

    @Test
    void refusesDanglingLinksAndWhatIsNoFile() throws Exception {
        Files.createSymbolicLink(root.resolve("gone.csv"), root.resolve("nowhere"));
        assertThatThrownBy(() -> list("gone.csv")).hasMessageContaining("leads nowhere");

        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe.csv").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        assertThatThrownBy(() -> list("pipe.csv"))
                .hasMessage("Cannot read pipe.csv: it is no regular file (devices and pipes are not read)");
    }

    @Test
    void saysWhichFolderIsMissing() {
        assertThatThrownBy(() -> FileListing.of(folder.resolve("nope"), PathPattern.parse("*")))
                .hasMessageContaining("there is no such folder");
    }

    private void write(String... paths) throws IOException {
        for (String path : paths) {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
    }

    private List<String> list(String pattern) {
        return FileListing.of(root, PathPattern.parse(pattern)).files().stream()
                .map(FileListing.Found::path)
                .toList();
    }
}
