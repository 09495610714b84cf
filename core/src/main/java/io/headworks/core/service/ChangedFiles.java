package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which files of the project differ from a revision in git, those not yet committed included. */
final class ChangedFiles {
    private final Path folder;

    ChangedFiles(Path folder) {
        this.folder = folder;
    }

    /** Paths relative to the project's folder, with {@code /}. */
    Set<String> since(String revision) {
        if (revision.isEmpty() || revision.startsWith("-")) {
            throw cannot(revision, "name a commit, branch or tag");
        }
        Set<String> files = new LinkedHashSet<>();
        files.addAll(git(revision, List.of("git", "diff", "--name-only", "-z", "--relative", revision, "--", ".")));
        files.addAll(git(revision, List.of("git", "ls-files", "-z", "--others", "--exclude-standard", "--", ".")));
        return files;
    }

    private List<String> git(String revision, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.PIPE)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw cannot(revision, err.strip().lines().findFirst().orElse("git failed"));
            }
            return List.of(out.split("\0")).stream()
                    .filter(name -> !name.isEmpty())
                    .toList();
        } catch (IOException noGit) {
            throw cannot(revision, "git cannot be started (" + noGit.getMessage() + ")");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cannot(revision, "interrupted");
        }
    }

    private static HeadworksException cannot(String revision, String why) {
        return new HeadworksException(FailureKind.PROJECT, "Cannot select changed:" + revision + ": " + why);
    }
}
