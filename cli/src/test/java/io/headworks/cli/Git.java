package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that git keeps. */
record Git(Path folder) {
    /** All that is in the folder, committed. */
    static Git committed(Path folder) throws IOException, InterruptedException {
        Git git = new Git(folder);
        git.run("init", "-q");
        git.commit();
        return git;
    }

    void commit() throws IOException, InterruptedException {
        run("add", "-A");
        run("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "before");
    }

    void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
    }
}
