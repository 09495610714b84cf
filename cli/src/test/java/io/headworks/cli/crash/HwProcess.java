package io.headworks.cli.crash;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** {@code hw} as a process of its own, from the class path of the tests, with DuckDB's library unpacked once. */
final class HwProcess {
    private static final String LIBRARY = "libduckdb_java.so_linux_amd64";

    private final List<String> command;

    private HwProcess(List<String> command) {
        this.command = command;
    }

    /** What a process came to. */
    record Ended(int exitCode, String output) {}

    /** Unpacks into a folder what every start would otherwise unpack again. */
    static HwProcess prepared(Path folder) throws IOException {
        List<String> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path file = Path.of(entry);
            classPath.add(
                    file.getFileName().toString().startsWith("duckdb_jdbc")
                            ? withoutLibraries(file, folder).toString()
                            : entry);
        }
        return new HwProcess(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.library.path=" + folder,
                "-cp",
                String.join(File.pathSeparator, classPath)));
    }

    private static Path withoutLibraries(Path jar, Path folder) throws IOException {
        Path small = folder.resolve("duckdb_jdbc.jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(small))) {
            for (ZipEntry entry : (Iterable<ZipEntry>) in.stream().map(ZipEntry.class::cast)::iterator) {
                try (InputStream content = in.getInputStream(entry)) {
                    if (entry.getName().equals(LIBRARY)) {
                        Files.copy(content, folder.resolve("libduckdb_java.so"), StandardCopyOption.REPLACE_EXISTING);
                    } else if (!entry.getName().startsWith("libduckdb_java")) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        content.transferTo(out);
                    }
                }
            }
        }
        return small;
    }

    /** Runs to its end, however that comes. */
    Ended run(Path project, String failPoint, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        if (!failPoint.isEmpty()) {
            line.add("-Dheadworks.failpoint=" + failPoint);
        }
        line.addAll(List.of("io.headworks.cli.Main", "--project", project.toString()));
        line.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile("hw", ".out");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return new Ended(-1, "hung: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }
}
