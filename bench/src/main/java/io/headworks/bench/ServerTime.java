package io.headworks.bench;

import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of a server and of its sessions that have ended, from the kernel's own books (Linux). */
final class ServerTime {
    private static final double TICKS_PER_SECOND = 100;
    private final Path books;

    ServerTime(TestPostgres server) {
        this(server.pid());
    }

    ServerTime(long process) {
        this.books = Path.of("/proc/" + process + "/stat");
    }

    /** Sessions are booked when the server has noticed their end, which takes it a moment. */
    double seconds() throws IOException {
        try {
            Thread.sleep(300);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        String line = Files.readString(books);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        double ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
