package io.headworks.api.target;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names of the tables that a load builds beside its table: {@code hw_tmp_<run base32>_<n>}, at most 30 bytes. What
 * carries such a name belongs to the run named in it, and once that run is dead to whoever holds its dataset's fence.
 */
public final class WorkTables {
    public static final String PREFIX = "hw_tmp_";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int RUN_CHARACTERS = 16;
    private static final int MOST_TABLES = 999_999;

    private WorkTables() {}

    /** The name of a run's n-th work table, n from 1. */
    public static String name(String runId, int n) {
        if (n < 1 || n > MOST_TABLES) {
            throw new IllegalArgumentException("Cannot name work table " + n + ": 1 to " + MOST_TABLES);
        }
        return PREFIX + run(runId) + "_" + n;
    }

    public static boolean isWorkTable(String table) {
        return table.startsWith(PREFIX);
    }

    /** True when the table is one of this run's. */
    public static boolean isOf(String runId, String table) {
        return table.startsWith(PREFIX + run(runId) + "_");
    }

    /** The first 80 bits of the SHA-256 of the run's id, in base 32: a UUID alone would fill the name. */
    private static String run(String runId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(runId.getBytes(StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder(RUN_CHARACTERS);
            for (int bit = 0; text.length() < RUN_CHARACTERS; bit += 5) {
                int pair = (hash[bit / 8] & 0xff) << 8 | hash[bit / 8 + 1] & 0xff;
                text.append(BASE32.charAt(pair >> 11 - bit % 8 & 31));
            }
            return text.toString();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
