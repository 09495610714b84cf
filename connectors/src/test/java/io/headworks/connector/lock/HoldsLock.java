package io.headworks.connector.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A process that takes the lock given, says so on standard output, and holds it until it is killed or its input ends. */
final class HoldsLock {
    private HoldsLock() {}

    public static void main(String[] arguments) throws IOException {
        Optional<WriterLock> lock = WriterLock.tryTake(Path.of(arguments[0]));
        System.out.println(lock.isPresent() ? "taken" : "refused");
        System.out.flush();
        while (lock.isPresent() && System.in.read() >= 0) {
            continue;
        }
    }

    static Process start(Path lockFile) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsLock.class.getName(),
                        lockFile.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
