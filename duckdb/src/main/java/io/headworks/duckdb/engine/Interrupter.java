package io.headworks.duckdb.engine;

/**
 * Interrupts a session again and again until it is closed: an interrupt that reaches the engine just before a statement
 * starts is forgotten by it.
 */
final class Interrupter {
    private static final long PAUSE_MILLIS = 20;

    private Interrupter() {}

    static void start(SessionSql session) {
        session.interrupt();
        Thread thread = new Thread(() -> repeat(session), "headworks-interrupter");
        thread.setDaemon(true);
        thread.start();
    }

    private static void repeat(SessionSql session) {
        try {
            while (!session.closed()) {
                session.interrupt();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
