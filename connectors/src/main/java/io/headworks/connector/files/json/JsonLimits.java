package io.headworks.connector.files.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** What a record may be at most, and a parser that obeys RFC 8259 to the letter. */
public final class JsonLimits {
    /** Arrays and objects within each other, the record itself counted. */
    public static final int MAX_DEPTH = 1000;

    /** Bytes of a line of NDJSON. */
    public static final int MAX_LINE_BYTES = 1 << 26;

    static final int MAX_NUMBER_DIGITS = 1000;

    /** Characters kept of a rejected record. */
    static final int MAX_RAW_CHARS = 10_000;

    private JsonLimits() {}

    /** Depth is watched by {@link RecordParser}, so that one deep record does not end a whole document. */
    static JsonFactory factory() {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .maxStringLength(MAX_LINE_BYTES)
                        .maxNumberLength(MAX_LINE_BYTES)
                        .maxNameLength(MAX_LINE_BYTES)
                        .build())
                .build();
    }
}
