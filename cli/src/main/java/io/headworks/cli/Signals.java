package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT and SIGTERM while a command works: the first asks the work to stop, which rolls back and records; a second one
 * halts the process. The process then ends with 128 and the signal's number, as shells expect.
 */
final class Signals implements AutoCloseable {
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);
    private static volatile int received;

    private final Cancellation cancellation;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    private Signals(Cancellation cancellation, SignalHandler interrupted) {
        this.cancellation = cancellation;
        handle("INT", interrupted);
        handle("TERM", this::receive);
    }

    private Signals(Cancellation cancellation) {
        this.cancellation = cancellation;
        handle("INT", this::receive);
        handle("TERM", this::receive);
    }

    private void handle(String name, SignalHandler handler) {
        Signal signal = new Signal(name);
        before.put(signal, Signal.handle(signal, handler));
    }

    static Signals cancelling(Cancellation cancellation) {
        return new Signals(cancellation);
    }

    /**
     * For a process that another started and stops: a terminal sends SIGINT to both, and the other lets this one finish. Until
     * it is closed.
     */
    static Signals cancellingByItsParent(Cancellation cancellation) {
        return new Signals(cancellation, SignalHandler.SIG_IGN);
    }

    /** The exit code of a command that a signal interrupted; the command's own when there was none. */
    static int exitCode(int ofCommand) {
        return received == 0 ? ofCommand : received;
    }

    private void receive(Signal signal) {
        int exitCode = EXIT_CODES.getOrDefault(signal.getName(), 130);
        if (received != 0) {
            Runtime.getRuntime().halt(exitCode);
        }
        received = exitCode;
        cancellation.request("interrupted by SIG" + signal.getName());
        System.err.println("hw: SIG" + signal.getName() + ": stopping; what was begun is rolled back (again: at once)");
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
