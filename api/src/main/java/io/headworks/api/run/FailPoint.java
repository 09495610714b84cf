package io.headworks.api.run;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Named points at which a test can kill the process, to prove that the next start repairs everything. Off unless the
 * system property {@code headworks.failpoint} (or the environment variable {@code HEADWORKS_FAILPOINT}) names one, as
 * {@code K12} or {@code K6:3} for its third passing. The process then dies by SIGKILL: no handler, no flush. With {@code
 * K12@FILE} it makes the file and waits there until somebody removes it; with {@code trace:FILE} it only adds the name of
 * each point passed to the file, a line each. With {@code fail:K25:3} the third thing that {@link #passOr} announces
 * fails, with {@code fail:K25:3+} that one and all that follow.
 */
public enum FailPoint {
    K1("before the fence is taken"),
    K2("after the fence is taken"),
    K3("run row written"),
    K4("plan stored"),
    K5("first rows of the source"),
    K6("middle of the extract"),
    K7("extract done"),
    K8("stage half written"),
    K9("stage written and synced"),
    K10("gate running"),
    K11("gate passed"),
    K12("after BEGIN in the target"),
    K13("between two statements of a load"),
    K14("history: versions written, not proved"),
    K15("load statements done, ledger row not written"),
    K16("ledger row written, before COMMIT"),
    K17("COMMIT done, its answer lost"),
    K18("committed, source not confirmed"),
    K19("confirmed, local state not written"),
    K20("local state written, lineage not"),
    K21("swap: between the two renames"),
    K22("table format: metadata written, catalogue not swapped"),
    K23("middle of clean-up"),
    K24("between two partitions"),
    K25("before a statement of the engine or the target"),
    K26("before a file or folder of a target is written, synced, linked or renamed");

    private static final @Nullable ArmedFailPoint ARMED = armed();

    private final String where;

    FailPoint(String where) {
        this.where = where;
    }

    public String where() {
        return where;
    }

    /** Dies here when a test armed this point; otherwise costs one comparison. */
    public void pass() {
        if (ARMED != null) {
            ARMED.pass(this);
        }
    }

    /** The same before something that can fail: throws in its place when a test asked for that. */
    public <E extends Exception> void passOr(Function<String, E> failure) throws E {
        if (ARMED != null && ARMED.pass(this)) {
            throw failure.apply("a test has it fail (" + name() + ")");
        }
    }

    private static @Nullable ArmedFailPoint armed() {
        String property = System.getProperty("headworks.failpoint");
        String text = property != null ? property : System.getenv("HEADWORKS_FAILPOINT");
        return text == null ? null : ArmedFailPoint.parse(text);
    }
}
