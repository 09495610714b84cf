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
        } catch (ClassCastException | NullPointerException e) {
            throw new IOException("it is damaged: its footer does not read", e);
        }
    }

    private static ParquetFooter parse(Map<Integer, Object> file) throws IOException {
        if (file.containsKey(8)) {
            throw new IOException("it is encrypted, and no keys are known");
        }
        List<String> wide = new ArrayList<>();
        for (Map<Integer, Object> element : structs(file.get(2))) {
            if (element.get(8) instanceof Long precision && precision > MAX_DIGITS) {
                wide.add(name(element.get(4)) + " decimal(" + precision + "," + element.getOrDefault(7, 0L) + ")");
            }
        }
        List<Chunk> chunks = new ArrayList<>();
        for (Map<Integer, Object> group : structs(file.get(4))) {
            for (Map<Integer, Object> column : structs(group.get(1))) {
                if (column.get(3) instanceof Map<?, ?> metadata && (Long) metadata.get(5) > 0) {
                    chunks.add(chunk(metadata));
                }
            }
        }
        return new ParquetFooter(chunks, wide);
    }

    private static Chunk chunk(Map<?, ?> metadata) {
        long data = (Long) metadata.get(9);
        long dictionary = metadata.get(11) instanceof Long offset && offset > 0 ? offset : data;
        List<String> path = new ArrayList<>();
        ((List<?>) metadata.get(3)).forEach(part -> path.add(name(part)));
        return new Chunk(String.join(".", path), Math.min(data, dictionary), (Long) metadata.get(7));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<Integer, Object>> structs(Object list) {
        return (List<Map<Integer, Object>>) list;
    }

    private static String name(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
