package io.headworks.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with a JDK that only tells how it was called. */
final class LauncherTest {
    @TempDir
    private Path folder;

    private Path home;
    private Path launcher;
    private Path work;

    @BeforeEach
    void distribution() throws IOException {
        home = Files.createDirectories(folder.resolve("my headworks"));
        launcher = Files.createDirectories(home.resolve("bin")).resolve("hw");
        Files.copy(Path.of("src/distribution/hw"), launcher);
        Files.setPosixFilePermissions(launcher, fromString("rwxr-xr-x"));
        work = Files.createDirectories(folder.resolve("work"));
    }

    @Test
    void argumentsAndWorkingFolderAreTheCallers() throws Exception {
        Result result = hw(launcher, jdk("17.0.15"), "query", "select 'a  b'", "");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("cwd=" + work)
                .containsSubsequence("<io.headworks.cli.Main>", "<query>", "<select 'a  b'>", "<>");
    }

    @Test
    void theDistributionIsFoundThroughLinks() throws Exception {
        Path far = Files.createDirectories(folder.resolve("far"));
        Path link = Files.createSymbolicLink(far.resolve("hw"), Path.of("../my headworks/bin/hw"));
        Path linkToLink = Files.createSymbolicLink(work.resolve("hw"), link);

        assertThat(hw(linkToLink, jdk("17.0.15")).out())
                .contains("<-Dheadworks.home=" + home + ">")
                .contains("<" + home.resolve("lib/headworks.jar") + ">");
    }

    @Test
    void theExitCodeIsTheProgrammes() throws Exception {
        assertThat(hw(launcher, jdk("21"), "exit-with-6").exitCode()).isEqualTo(6);
    }

    @Test
    void anOlderJavaIsRefused() throws Exception {
        for (String version : List.of("11.0.2", "1.8.0_392")) {
            Path old = jdk(version);

            Result result = hw(launcher, old);

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).isEqualTo("""
                            hw: Cannot start: %s/bin/java is Java %s (Java 17 or newer is needed)
                            hw: Install a JDK 17, or point JAVA_HOME to one
                            """.formatted(old, version));
        }
    }

    @Test
    void aJdkWithoutAReleaseFileIsAsked() throws Exception {
        Path jdk = jdk("11.0.2");
        Files.delete(jdk.resolve("release"));

        assertThat(hw(launcher, jdk).err()).contains("is Java 11.0.2 (Java 17 or newer is needed)");
    }

    @Test
    void aJavaHomeWithoutJavaIsRefused() throws Exception {
        Result result = hw(launcher, folder.resolve("nowhere"));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Cannot start: JAVA_HOME is " + folder.resolve("nowhere"));
    }

    @Test
    void withoutAnyJavaItSaysWhatToInstall() throws Exception {
        Result result = start(launcher, Map.of("PATH", onlyBash().toString()));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Cannot start: no java on the PATH").contains("Install a JDK 17");
    }

    @Test
    void rowsFromDatabasesGetTheSecondCompiler() throws Exception {
        Path jdk = jdk("17");

        assertThat(hw(launcher, jdk, "validate").out()).contains("<-XX:TieredStopAtLevel=1>");
        assertThat(hw(launcher, jdk, "--quiet", "run", "orders").out()).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void theFlightRecorderIsThereForWhoAsksForIt() throws Exception {
        Path jdk = jdk("17");
        Map<String, String> plain = Map.of("JAVA_HOME", jdk.toString(), "PATH", System.getenv("PATH"));
        Map<String, String> recording = new TreeMap<>(plain);
        recording.put("HEADWORKS_JAVA_OPTIONS", "-XX:StartFlightRecording");

        assertThat(start(launcher, plain, "validate").out()).contains("<-Djfr.unsupported.vm=true>");
        assertThat(start(launcher, recording, "validate").out())
                .contains("<-XX:StartFlightRecording>")
                .doesNotContain("jfr.unsupported");
    }

    @Test
    void fileNamesAreUtf8WithoutALocale() throws Exception {
        Path jdk = jdk("17");

        assertThat(hw(launcher, jdk).out()).contains("LC_ALL=C.UTF-8");
        assertThat(start(launcher, Map.of("JAVA_HOME", jdk.toString(), "LC_ALL", "de_DE.UTF-8"))
                        .out())
                .contains("LC_ALL=de_DE.UTF-8");
    }

    private Result hw(Path program, Path javaHome, String... arguments) throws Exception {
        return start(program, Map.of("JAVA_HOME", javaHome.toString()), arguments);
    }

    private Result start(Path program, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JAVA_HOME")
                        || name.equals("HEADWORKS_HOME")
                        || name.equals("LANG")
                        || name.startsWith("LC_"));
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Result(exitCode, Files.readString(out), Files.readString(err));
    }

    /** A JDK of that version whose {@code java} prints its arguments, its folder and its locale. */
    private Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk-" + version);
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(java, """
                #!/usr/bin/env bash
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2020-01-01' >&2; exit; fi
                printf '<%%s>' "$@"
                printf '\\ncwd=%%s LC_ALL=%%s\\n' "$PWD" "$LC_ALL"
                case "${*: -1}" in exit-with-*) word=${*: -1}; exit "${word##*-}" ;; esac
                """.formatted(version));
        Files.setPosixFilePermissions(java, fromString("rwxr-xr-x"));
        return jdk;
    }

    /** A PATH with bash and env alone. */
    private Path onlyBash() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "env")) {
            for (String place : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
                Path program = Path.of(place, tool);
                if (Files.isExecutable(program)) {
                    Files.createSymbolicLink(tools.resolve(tool), program);
                    break;
                }
            }
        }
        return tools;
    }

    private record Result(int exitCode, String out, String err) {}
}
