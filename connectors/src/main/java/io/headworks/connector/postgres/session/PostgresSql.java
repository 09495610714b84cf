package io.headworks.connector.postgres.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.name.NameRule;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.core.Parser;

/** The one place where names and texts become SQL of PostgreSQL. */
public final class PostgresSql {

    /** PostgreSQL silently cuts what is longer. */
    public static final NameRule NAMES = new NameRule(63, NameRule.Unit.BYTES, NameRule.Alphabet.ANY, true);

    private PostgresSql() {}

    public static String name(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use '" + identifier.replace('\0', '?')
                            + "' as a name in PostgreSQL: a name is not empty and has no zero byte");
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    public static String names(List<String> identifiers) {
        return identifiers.stream().map(PostgresSql::name).collect(Collectors.joining(", "));
    }

    /** A text literal, for statements that take no parameters; sessions have standard_conforming_strings on. */
    public static String text(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot send a text with a zero byte to PostgreSQL: its texts have none");
        }
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * A project's own SQL in parentheses, for a statement of ours.
     *
     * @param what reads "the where of orders"
     * @throws HeadworksException of kind PROJECT when it would be more than one statement there
     */
    public static String inside(String sql, String what) {
        String enclosed = "(" + sql + "\n)";
        int statements;
        try {
            statements = Parser.parseJdbcSql("SELECT " + enclosed, true, false, true, false, false)
                    .size();
        } catch (SQLException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + what + ": " + unreadable.getMessage(), null, unreadable);
        }
        if (statements != 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + what + ": it is several statements (allowed: one)");
        }
        return enclosed;
    }
}
