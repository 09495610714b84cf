package io.headworks.connector.sqlite;

import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the rows that a load writes, noted by temporary triggers, whatever statement writes them; and a hash of
 * their content.
 */
final class NotedRows implements Database.TouchedRows {
    /** The sum modulo 2^128 of the first 16 bytes of SHA-256 over each row's cells: order does not matter, copies do. */
    private static final String HASH_ALGORITHM = "sqlite-sha256-sum-v1";

    private static final String TABLE = "temp.hw_tmp_touched";

    private final Statements sql;
    private final TargetTable table;

    private NotedRows(Statements sql, TargetTable table) {
        this.sql = sql;
        this.table = table;
    }

    static NotedRows begin(Statements sql, TargetTable table) {
        NotedRows touched = new NotedRows(sql, table);
        touched.dropTriggers();
        sql.execute("DROP TABLE IF EXISTS " + TABLE);
        sql.execute("CREATE TEMP TABLE hw_tmp_touched (number INTEGER PRIMARY KEY)");
        String note = " ON " + table.sql() + " BEGIN INSERT OR IGNORE INTO hw_tmp_touched VALUES (new." + table.rowId()
                + "); END";
        sql.execute("CREATE TEMP TRIGGER hw_tmp_inserted AFTER INSERT" + note);
        sql.execute("CREATE TEMP TRIGGER hw_tmp_updated AFTER UPDATE" + note);
        return touched;
    }

    @Override
    public void end() {
        dropTriggers();
    }

    private void dropTriggers() {
        sql.execute("DROP TRIGGER IF EXISTS temp.hw_tmp_inserted");
        sql.execute("DROP TRIGGER IF EXISTS temp.hw_tmp_updated");
    }

    @Override
    public long count() {
        return sql.number("SELECT count(*) FROM " + TABLE);
    }

    @Override
    public String from() {
        return table.sql() + " AS t WHERE t." + table.rowId() + " IN (SELECT number FROM " + TABLE + ")";
    }

    @Override
    public String hashAlgorithm() {
        return HASH_ALGORITHM;
    }

    @Override
    public String hash(String columns) {
        return sql.run("hash the rows of " + table.name(), () -> {
            try (PreparedStatement statement =
                            sql.connection().prepareStatement("SELECT " + columns + " FROM " + from());
                    ResultSet row = statement.executeQuery()) {
                return sum(row);
            }
        });
    }

    private static String sum(ResultSet rows) throws SQLException {
        MessageDigest sha256 = sha256();
        int cells = rows.getMetaData().getColumnCount();
        long high = 0;
        long low = 0;
        while (rows.next()) {
            for (int i = 1; i <= cells; i++) {
                add(sha256, rows.getObject(i));
            }
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
            long rowHigh = digest.getLong();
            long before = low;
            low += digest.getLong();
            high += rowHigh + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
        }
        return String.format("%016x%016x", high, low);
    }

    private static void add(MessageDigest digest, @Nullable Object cell) {
        byte[] bytes = bytes(cell);
        digest.update(ByteBuffer.allocate(5)
                .put(storageClass(cell))
                .putInt(bytes.length)
                .flip());
        digest.update(bytes);
    }

    private static byte[] bytes(@Nullable Object cell) {
        if (cell == null) {
            return new byte[0];
        } else if (cell instanceof byte[] bytes) {
            return bytes;
        } else if (cell instanceof Double number) {
            return ByteBuffer.allocate(8).putDouble(number).array();
        } else if (cell instanceof Number number) {
            return ByteBuffer.allocate(8).putLong(number.longValue()).array();
        }
        return cell.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte storageClass(@Nullable Object cell) {
        if (cell == null) {
            return 0;
        } else if (cell instanceof Double) {
            return 2;
        } else if (cell instanceof Number) {
            return 1;
        }
        return (byte) (cell instanceof byte[] ? 4 : 3);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
