package io.headworks.core.run;

import io.headworks.api.run.Cancellation;
import io.headworks.api.source.Frames;
import java.io.IOException;

/** Rows passed on undecoded, until somebody asks for a stop, which also ends a wait for the source. */
final class CancelledFrames implements Frames.Reader {
    /** Asking costs more than passing a row on. */
    private static final int ROWS_BETWEEN = 1024;

    private final Frames.Reader reader;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;
    private int rows;

    private CancelledFrames(Frames.Reader reader, Cancellation cancellation) {
        this.reader = reader;
        this.cancellation = cancellation;
        this.registration = cancellation.onRequest(reader::abort);
    }

    static Frames of(Frames frames, Cancellation cancellation) {
        return new Frames(
                frames.form(),
                frames.types(),
                columns -> new CancelledFrames(frames.opener().open(columns), cancellation));
    }

    @Override
    public boolean next() throws IOException {
        if ((rows++ & ROWS_BETWEEN - 1) == 0) {
            cancellation.check();
        }
        try {
            return reader.next();
        } catch (IOException | RuntimeException ended) {
            cancellation.check();
            throw ended;
        }
    }

    @Override
    public byte[] bytes() {
        return reader.bytes();
    }

    @Override
    public int offset() {
        return reader.offset();
    }

    @Override
    public int length() {
        return reader.length();
    }

    @Override
    public long sent() {
        return reader.sent();
    }

    @Override
    public void close() throws IOException {
        registration.close();
        reader.close();
    }
}
