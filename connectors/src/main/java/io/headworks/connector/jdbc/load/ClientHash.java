package io.headworks.connector.jdbc.load;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.RowHash;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.result.ResultRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;

/** The sum modulo 2^128 of the first 16 bytes of SHA-256 over each row's cells, which are read back for it. */
final class ClientHash implements RowHash {
    private final JdbcSpelling spelling;

    ClientHash(JdbcSpelling spelling) {
        this.spelling = spelling;
    }

    @Override
    public String algorithm() {
        return "jdbc-sha256-sum-v1";
    }

    @Override
    public String of(Statements sql, TargetTable table, LoadColumns columns, String from) {
        int[] hashed = IntStream.range(0, table.columns().size())
                .filter(i -> columns.isHashed(table.columns().get(i)))
                .toArray();
        return new TableRows(sql, spelling, table).use(from, rows -> sum(rows, hashed));
    }

    private static String sum(ResultRows rows, int[] hashed) {
        MessageDigest digest = sha256();
        long high = 0;
        long low = 0;
        for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
            List<Column> columns = batch.columns();
            for (int row = 0; row < batch.rows(); row++) {
                for (int column : hashed) {
                    add(digest, columns.get(column), row);
                }
                ByteBuffer hash = ByteBuffer.wrap(digest.digest());
                long upper = hash.getLong();
                long sum = low + hash.getLong();
                high += upper + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
                low = sum;
            }
        }
        return String.format("%016x%016x", high, low);
    }

    /** A kind, a length, and the value: no two rows of different values are the same bytes. */
    private static void add(MessageDigest digest, Column column, int row) {
        byte[] bytes = bytes(column, row);
        byte kind = (byte) (column.isNull(row) ? 0 : column instanceof Column.Binaries ? 2 : 1);
        digest.update(ByteBuffer.allocate(5).put(kind).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static byte[] bytes(Column column, int row) {
        if (column.isNull(row)) {
            return new byte[0];
        } else if (column instanceof Column.Longs longs) {
            return ByteBuffer.allocate(8).putLong(longs.values()[row]).array();
        } else if (column instanceof Column.Doubles doubles) {
            return ByteBuffer.allocate(8).putDouble(doubles.values()[row]).array();
        } else if (column instanceof Column.Binaries binaries) {
            return binaries.values()[row];
        } else if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row].toPlainString().getBytes(StandardCharsets.UTF_8);
        } else if (column instanceof Column.Texts texts) {
            return String.valueOf(texts.values()[row]).getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalStateException("no table has cells of " + column.getClass());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
