package io.headworks.connector.files.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the footer of a Parquet file says that an engine may pass over: whether the file is whole, decimals that are too
 * wide, and where the pages are. Field numbers are those of parquet.thrift.
 *
 * @param wideDecimals columns of more than 38 digits, as {@code name decimal(60,0)}
 */
record ParquetFooter(List<Chunk> chunks, List<String> wideDecimals) {
    private static final int MAX_DIGITS = 38;

    /** The pages of one column in one row group. */
    record Chunk(String column, long offset, long bytes) {}

    /** @throws IOException whose message says why the file is no Parquet that can be read */
    static ParquetFooter read(FileChannel channel) throws IOException {
        ByteBuffer footer = ParquetEnvelope.footer(channel);
        try {
            return parse(new ThriftCompact(footer).struct());
        } catch (ClassCastException e) {
            throw new IOException("it is damaged: its footer does not read", e);
        }
    }

    private static ParquetFooter parse(Map<Integer, Object> file) throws IOException {
        if (file.containsKey(8)) {
            throw new IOException("it is encrypted, and no keys are known");
        }
        List<String> wide = new ArrayList<>();
        for (Map<Integer, Object> element : structs(file, 2)) {
            if (element.get(8) instanceof Long precision && precision > MAX_DIGITS) {
                wide.add(
                        name(required(element, 4)) + " decimal(" + precision + "," + element.getOrDefault(7, 0L) + ")");
            }
        }
        List<Chunk> chunks = new ArrayList<>();
        for (Map<Integer, Object> group : structs(file, 4)) {
            for (Map<Integer, Object> column : structs(group, 1)) {
                if (column.get(3) instanceof Map<?, ?> metadata && number(metadata, 5) > 0) {
                    chunks.add(chunk(metadata));
                }
            }
        }
        return new ParquetFooter(chunks, wide);
    }

    private static Chunk chunk(Map<?, ?> metadata) throws IOException {
        long data = number(metadata, 9);
        long dictionary = metadata.get(11) instanceof Long offset && offset > 0 ? offset : data;
        List<String> path = new ArrayList<>();
        ((List<?>) required(metadata, 3)).forEach(part -> path.add(name(part)));
        return new Chunk(String.join(".", path), Math.min(data, dictionary), number(metadata, 7));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<Integer, Object>> structs(Map<?, ?> struct, int field) throws IOException {
        return (List<Map<Integer, Object>>) required(struct, field);
    }

    private static long number(Map<?, ?> struct, int field) throws IOException {
        return (Long) required(struct, field);
    }

    private static Object required(Map<?, ?> struct, int field) throws IOException {
        Object value = struct.get(field);
        if (value == null) {
            throw new IOException("it is damaged: its footer lacks field " + field + " of a part of it");
        }
        return value;
    }

    private static String name(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
