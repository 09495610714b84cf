package io.headworks.cli.crash;

import io.headworks.api.run.FailPoint;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * {@code hw} as a process of its own, from the class path of the tests. Starting is what most of a cell costs, so it is
 * prepared as the distribution is: DuckDB's library unpacked once, and the classes parsed once into an archive.
 */
final class HwProcess {
    private static final String FAIL_POINT = "-Dheadworks.failpoint=";

    private final List<String> java;

    private HwProcess(List<String> java) {
        this.java = java;
    }

    /** What a process came to. */
    record Ended(int exitCode, String output) {}

    /** For a few starts: without an archive of classes. */
    static HwProcess prepared(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                classPath.add(jar(path, folder.resolve("classes-" + classPath.size() + ".jar")));
            } else if (path.getFileName().toString().startsWith("duckdb_jdbc")) {
                classPath.add(withoutLibraries(path, folder));
            } else {
                classPath.add(entry);
            }
        }
        return new HwProcess(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Djava.library.path=" + folder,
                "-cp",
                String.join(File.pathSeparator, classPath)));
    }

    /** For many starts: learns which classes to archive from one run of {@code load} in a project of {@code example}. */
    HwProcess archived(Path folder, Combination example) throws IOException, InterruptedException {
        Path archive = folder.resolve("hw.jsa");
        Path project = folder.resolve("example");
        example.write(project);
        new HwProcess(with(java, "-XX:ArchiveClassesAtExit=" + archive)).run(project, "run", "load");
        return new HwProcess(with(java, "-XX:SharedArchiveFile=" + archive));
    }

    /** A program whose class path lacks a library, as a damaged installation has it. */
    HwProcess without(String library) {
        List<String> damaged = new ArrayList<>(java);
        damaged.replaceAll(word -> word.contains(File.pathSeparator)
                ? Stream.of(word.split(File.pathSeparator))
                        .filter(entry -> !entry.contains(library))
                        .collect(Collectors.joining(File.pathSeparator))
                : word);
        return new HwProcess(damaged);
    }

    /** As if it ran on that machine. */
    HwProcess on(String host) {
        return new HwProcess(with(java, "-Dheadworks.host=" + host));
    }

    /** Runs to its end, or to the fail-point, as {@code K6} or {@code K6:2}. */
    Ended runUntil(String failPoint, Path project, String... arguments) throws IOException, InterruptedException {
        return new HwProcess(with(java, FAIL_POINT + failPoint)).run(project, arguments);
    }

    /** Runs to its end and writes down the fail-points that it passes. */
    Ended runTracing(Path trace, Path project, String... arguments) throws IOException, InterruptedException {
        return runUntil("trace:" + trace, project, arguments);
    }

    /** Starts it and answers when it waits at a fail-point. */
    HeldProcess hold(FailPoint point, Path project, String... arguments) throws IOException, InterruptedException {
        Path hold = project.resolveSibling(project.getFileName() + "-hold");
        Path output = project.resolveSibling(project.getFileName() + "-out");
        Process process = new HwProcess(with(java, FAIL_POINT + point + "@" + hold)).start(project, output, arguments);
        return HeldProcess.waiting(process, hold, output);
    }

    /** Runs to its end. */
    Ended run(Path project, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(project, "hw", ".out");
        Process process = start(project, output, arguments);
        try {
            if (!process.waitFor(600, TimeUnit.SECONDS)) {
                return new Ended(-1, "hung: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(output);
        }
    }

    /** Starts it and kills it so much later, if it has not ended by then. */
    void killAfter(long millis, Path project, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(project, "hw", ".out");
        Process process = start(project, output, arguments);
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(output);
        }
    }

    private Process start(Path project, Path output, String... arguments) throws IOException {
        // what runs in a shell's background ignores SIGINT, and so would its children
        boolean linux = System.getProperty("os.name").equals("Linux");
        List<String> line = new ArrayList<>(linux ? List.of("env", "--default-signal=INT") : List.of());
        line.addAll(java);
        line.addAll(List.of("io.headworks.cli.Main", "--project", project.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    /** An archive of classes takes them from jars only. */
    private static String jar(Path classes, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    /** DuckDB unpacks a library found inside its jar at every start: it goes into the folder, without the others. */
    private static String withoutLibraries(Path jar, Path folder) throws IOException {
        String prefix = "libduckdb_java.so_";
        String own =
                prefix + (System.getProperty("os.name").startsWith("Mac") ? "macos_arm64" : "linux_" + architecture());
        Path small = folder.resolve("duckdb_jdbc.jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(small))) {
            for (ZipEntry entry : (Iterable<ZipEntry>) in.stream().map(ZipEntry.class::cast)::iterator) {
                try (InputStream content = in.getInputStream(entry)) {
                    if (entry.getName().equals(own)) {
                        Files.copy(
                                content,
                                folder.resolve(System.mapLibraryName("duckdb_java")),
                                StandardCopyOption.REPLACE_EXISTING);
                    } else if (!entry.getName().startsWith(prefix)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        content.transferTo(out);
                    }
                }
            }
        }
        return small.toString();
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
