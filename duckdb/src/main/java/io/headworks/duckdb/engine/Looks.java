package io.headworks.duckdb.engine;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What is looked up in the catalogue and the ledger of a file. Where many runs follow one another the file stays open, and
 * what one has seen holds for the next until somebody of this process writes: nobody else can.
 */
public final class Looks {
    private final Attachments attachments;
    private final Path file;

    Looks(Attachments attachments, Path file) {
        this.attachments = attachments;
        this.file = file;
    }

    /** True when a look at everything at once is better than one at a part. */
    public boolean atAll() {
        return attachments.remembers(file);
    }

    /** @param what tells looks apart, of which each always answers the same type */
    public <T> T seen(String what, Supplier<T> look) {
        return attachments.seen(file, what, look);
    }

    /** Called before the first write. */
    public void writes() {
        attachments.writes(file);
    }

    /** Called after the last write, once for each {@link #writes}. */
    public void written() {
        attachments.written(file);
    }
}
