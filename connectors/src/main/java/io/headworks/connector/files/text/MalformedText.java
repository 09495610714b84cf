package io.headworks.connector.files.text;

import java.io.IOException;

/** Bytes that are no text in the encoding they are read with. */
public final class MalformedText extends IOException {
    private static final long serialVersionUID = 1L;
    private final long byteOffset;

    MalformedText(String encoding, long byteOffset, int firstByte) {
        super("byte " + byteOffset + " (" + String.format("%02X", firstByte) + ") is no " + encoding);
        this.byteOffset = byteOffset;
    }

    /** 0-based, in the unpacked file. */
    public long byteOffset() {
        return byteOffset;
    }
}
