package io.headworks.core.schedule;

import java.io.IOException;

/** Starts the processes that do slots. They must outlive the one that starts them. */
public interface Children {

    /**
     * What a process is started for; it takes the slot with {@link SlotRun#take}, or does nothing.
     *
     * @param pipeline the name of a pipeline, or of one of many tables
     */
    record Order(String slotId, int attempt, String pipeline) {
        /** As one argument of a command line. */
        public String text() {
            return slotId + ":" + attempt;
        }
    }

    /** @throws IOException when there can be no process */
    Child start(Order order) throws IOException;

    /** A process that this one started. */
    interface Child {
        long pid();

        boolean hasEnded();

        /** Of one that has ended. */
        int exitCode();

        /** The end of what it printed, for messages. */
        String lastWords();

        /** Calls back, on any thread, when it ends; at once when it has. */
        void onEnd(Runnable then);
    }
}
