package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The state in a file of SQLite. Its version stands in the file's header, so that a file that fits costs one read. */
public record StateFile(Path file) implements StateHome {
    private static final Set<SQLiteErrorCode> DAMAGE = EnumSet.of(
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_CORRUPT_INDEX,
            SQLiteErrorCode.SQLITE_CORRUPT_SEQUENCE,
            SQLiteErrorCode.SQLITE_CORRUPT_VTAB,
            SQLiteErrorCode.SQLITE_NOTADB,
            SQLiteErrorCode.SQLITE_FORMAT);

    private static final Set<SQLiteErrorCode> BUSY = EnumSet.of(
            SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT, SQLiteErrorCode.SQLITE_BUSY_RECOVERY);

    @Override
    public String place() {
        return "the state file " + file;
    }

    @Override
    public Connection open() throws SQLException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException failed) {
            throw new SQLException(failed.getMessage(), failed);
        }
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("synchronous", "NORMAL");
        settings.setProperty("foreign_keys", "true");
        // The driver manager would load every driver on the class path.
        return new JDBC().connect(JDBC.PREFIX + file, settings);
    }

    @Override
    public HeadworksException failure(SQLException failed) {
        boolean damaged = failed instanceof SQLiteException known && DAMAGE.contains(known.getResultCode());
        return new HeadworksException(
                FailureKind.RESOURCES,
                "Cannot use " + place() + ": " + (damaged ? "it is damaged (" : "") + failed.getMessage()
                        + (damaged ? ")" : ""),
                damaged
                        ? "hw state rebuild keeps it aside and makes a new one: positions and slices come back from the"
                                + " targets' ledgers"
                        : "nothing was lost: the targets' ledgers say what was committed",
                failed);
    }

    /**
     * A transaction that read what another has changed since cannot write; the next one can. One that has read and wants to
     * write while another writes is refused at once, without the wait that others get.
     */
    @Override
    public boolean mayPass(SQLException failed) {
        return failed instanceof SQLiteException known && BUSY.contains(known.getResultCode());
    }

    @Override
    public String definition(String sql) {
        return sql;
    }

    @Override
    public String jsonText(String column, List<String> path) {
        return "json_extract(" + column + ", '$." + String.join(".", path) + "')";
    }

    @Override
    public String jsonNumber(String column, List<String> path) {
        return jsonText(column, path);
    }

    @Override
    public String now() {
        return "cast((julianday('now') - 2440587.5) * 86400000 as integer)";
    }

    @Override
    public String kept(String text) {
        return text;
    }

    @Override
    public int version(Connection session) throws SQLException {
        return (int) number(session, "pragma user_version");
    }

    @Override
    public List<String> preparation() {
        return List.of();
    }

    @Override
    public List<String> marking(int version) {
        return List.of("pragma user_version = " + version);
    }

    @Override
    public List<String> granting() {
        return List.of();
    }

    /** The first statement that writes takes the file's lock. */
    @Override
    public void lockDefinitions(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("create table if not exists migrating (taken integer)");
            statement.execute("drop table migrating");
        }
    }

    @Override
    public boolean isThere(Connection session) {
        return Files.exists(file);
    }

    /** A file is put aside by its name, while nothing has it open. */
    @Override
    public Aside aside(String mark) {
        return new Aside(file + "." + mark, List.of());
    }

    /** Reads every page. */
    @Override
    public void requireSound(Connection session) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("pragma integrity_check(5)")) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        if (!found.equals(List.of("ok"))) {
            throw new SQLiteException(String.join("; ", found), SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }

    /** Pages that hold something. */
    @Override
    public long contentBytes(Connection session) throws SQLException {
        long pages = number(session, "pragma page_count") - number(session, "pragma freelist_count");
        return pages * number(session, "pragma page_size");
    }

    /** Needs as much room as the file has content. */
    @Override
    public void shrink(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("vacuum");
        }
        toOneFile(session);
    }

    /** Brings what stands in the log beside the file into it. */
    static void toOneFile(Connection session) throws SQLException {
        number(session, "pragma wal_checkpoint(truncate)");
    }

    private static long number(Connection session, String query) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
