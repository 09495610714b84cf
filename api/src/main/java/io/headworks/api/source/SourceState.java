package io.headworks.api.source;

import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a source found.
 *
 * @param schema the columns that will be extracted, in order, with their types
 * @param rows an estimate or count; null when unknown
 * @param clock the source's own clock at the snapshot
 * @param identity changes when the source is another one (a recreated database, another folder)
 * @param primaryKey empty when there is none or it is unknown
 * @param files the files present and ready, sorted by path; empty for a source without files
 * @param detected what was guessed (delimiter, encoding, header …), in the order found
 * @param notes what the user should know, such as a marker still missing
 * @param position where all of it together stands now; null where its files or rows decide
 */
public record SourceState(
        Schema schema,
        @Nullable Long rows,
        @Nullable Long bytes,
        Instant clock,
        String identity,
        List<String> primaryKey,
        List<FileStamp> files,
        Map<String, String> detected,
        List<String> notes,
        @Nullable Position position) {
    public SourceState {
        primaryKey = List.copyOf(primaryKey);
        files = List.copyOf(files);
        detected = Collections.unmodifiableMap(new LinkedHashMap<>(detected));
        notes = List.copyOf(notes);
    }

    /** Of a source whose files or rows decide how far it was read. */
    public SourceState(
            Schema schema,
            @Nullable Long rows,
            @Nullable Long bytes,
            Instant clock,
            String identity,
            List<String> primaryKey,
            List<FileStamp> files,
            Map<String, String> detected,
            List<String> notes) {
        this(schema, rows, bytes, clock, identity, primaryKey, files, detected, notes, null);
    }

    /** The same with other columns and notes. */
    public SourceState giving(Schema columns, List<String> told) {
        return new SourceState(columns, rows, bytes, clock, identity, primaryKey, files, detected, told, position);
    }
}
