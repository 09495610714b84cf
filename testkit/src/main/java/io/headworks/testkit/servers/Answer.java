package io.headworks.testkit.servers;

import java.sql.SQLException;

/** Waits until a server that was just started answers. */
final class Answer {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private Answer() {}

    /** Asks a server something. */
    interface Question {
        void ask() throws SQLException;
    }

    static void await(String what, WatchedServer server, Question question) {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (true) {
            try {
                question.ask();
                return;
            } catch (SQLException notYet) {
                if (!server.isRunning() || System.nanoTime() > end) {
                    throw new IllegalStateException("Cannot start " + what + ":\n" + server.log(), notYet);
                }
            }
            pause(what);
        }
    }

    private static void pause(String what) {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + what + " starts", interrupted);
        }
    }
}
