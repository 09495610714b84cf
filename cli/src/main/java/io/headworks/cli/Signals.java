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

    private Signals(Cancellation cancellation) {
        this.cancellation = cancellation;
        for (String name : new String[] {"INT", "TERM"}) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, this::receive));
        }
    }

    static Signals cancelling(Cancellation cancellation) {
        return new Signals(cancellation);
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
