package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Which files of the project differ from a revision in git, those not yet committed included. */
final class ChangedFiles {
    private final Path folder;

    ChangedFiles(Path folder) {
        this.folder = folder;
    }

    /** Paths relative to the project's folder, with {@code /}. */
    Set<String> since(String revision) {
        check(revision);
        Set<String> files = new LinkedHashSet<>();
        files.addAll(git(revision, List.of("git", "diff", "--name-only", "-z", "--relative", revision, "--", ".")));
        files.addAll(git(revision, List.of("git", "ls-files", "-z", "--others", "--exclude-standard", "--", ".")));
        return files;
    }

    /** Every file of the project as it was, below a folder. */
    void exportTo(Path target, String revision) {
        check(revision);
        byte[] archive = run(revision, List.of("git", "archive", "--format=zip", revision, "."));
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw cannot(revision, "a file lies outside the project: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(files, file);
                }
            }
        } catch (IOException failed) {
            throw cannot(revision, IoReason.of(failed));
        }
    }

    private static void check(String revision) {
        if (revision.isEmpty() || revision.startsWith("-")) {
            throw cannot(revision, "name a commit, branch or tag");
        }
    }

    private List<String> git(String revision, List<String> command) {
        return List.of(new String(run(revision, command), StandardCharsets.UTF_8).split("\0")).stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private byte[] run(String revision, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.PIPE)
                    .start();
            byte[] out = process.getInputStream().readAllBytes();
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw cannot(revision, err.strip().lines().findFirst().orElse("git failed"));
            }
            return out;
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
