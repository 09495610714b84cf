package io.headworks.core.state;

import java.time.Instant;

/**
 * The process of a run, as its machine knows it.
 *
 * @param startedAt a process id is used again: the time of its start tells the two apart; empty when it is not known
 */
record RunProcess(long pid, String startedAt) {

    static RunProcess current() {
        return of(ProcessHandle.current());
    }

    private static RunProcess of(ProcessHandle process) {
        return new RunProcess(
                process.pid(),
                process.info().startInstant().map(Instant::toString).orElse(""));
    }

    /** Asked on its own machine. */
    boolean isAlive() {
        return ProcessHandle.of(pid).filter(process -> of(process).equals(this)).isPresent();
    }
}
