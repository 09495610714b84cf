package io.headworks.connector.jdbc.dialect;

import io.headworks.api.type.DataType;
import io.headworks.connector.relational.Spelling.Assignment;
import io.headworks.connector.relational.WorkColumn;
import io.headworks.connector.server.TlsMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SQL of a database where databases differ. Pure: text in, SQL out. */
public interface Forms {
    /** What the driver connects to. Every part was checked against the dialect's address. */
    String url(String host, int port, String database, TlsMode tls);

    /** All that the driver is told beside user and password. */
    Map<String, String> properties(TlsMode tls);

    /** What each session begins with. */
    List<String> sessionState();

    /** True when the session's clock and the times it makes are in UTC. */
    boolean inUtc();

    /** True when a change of a table ends a transaction. */
    boolean changesCommit();

    /** The server's own time, as text. */
    String clock();

    /** A column of a date, time or timestamp as text: numbers of the calendar, no zone of any machine involved. */
    String clockText(DataType type, String value);

    /** A column whose calendar fields are those of UTC. */
    default String calendar(DataType type, String value) {
        return value;
    }

    /** A literal of a date, or of a timestamp; the text is ISO with a blank between date and time. */
    String clockLiteral(DataType type, String text);

    /** The declared type of a time or timestamp that a driver calls so. */
    String clockType(String type, int digits);

    /** The declared type of a column for one of ours; null where there is none. */
    @Nullable
    String declared(DataType type);

    /** What {@link #declared} gives is read back as. */
    DataType storedAs(DataType type);

    /** Statements that make a work table with the batch's columns. */
    List<String> createBatch(String table, String cells, String keys);

    /** The plain name of a work table as statements use it. */
    String workTable(String table);

    /** Statements that make a work table of a query's rows. */
    List<String> createWork(String table, List<WorkColumn> columns, String select);

    /** An index on the batch's table; null where it has one from the beginning. */
    @Nullable
    String batchIndex(String table, String columns);

    String dropWork(String table);

    /** True when a work table that was never made must not be dropped. */
    boolean dropsOnlyWhatIsThere();

    /** Sets of an UPDATE of the table {@code t} from what one query finds for its row. */
    String setsFrom(List<Assignment> sets, String joined, String condition);

    /** Keeps other writers of a table out until the transaction ends; null where they are kept out anyway. */
    @Nullable
    String lock(String table);

    /** The rule by which it compares text, where that is not by all characters. */
    String collation();

    /** Changes the type of a column; null where it cannot. */
    @Nullable
    String widen(String table, String column, String type);
}
