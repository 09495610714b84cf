package io.headworks.connector.jdbc.dialect;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.name.NameRule;
import io.headworks.connector.server.TlsMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A database that is reached by JDBC: what it does in its own way. */
public enum Dialect {
    DERBY(
            new Address(
                    "org.apache.derby.client.ClientAutoloadedDriver",
                    1527,
                    // no ; that begins an attribute, no = that gives it a value
                    "(memory:)?[A-Za-z0-9_./ -]+",
                    List.of(TlsMode.DISABLE, TlsMode.REQUIRE)),
            new Limits("Apache Derby", 128, 32_672, 6),
            new DerbyForms()),
    HSQLDB(
            new Address(
                    "org.hsqldb.jdbc.JDBCDriver",
                    9001,
                    "[A-Za-z0-9_.-]+",
                    List.of(TlsMode.DISABLE, TlsMode.VERIFY_FULL)),
            new Limits("HSQLDB", 128, 16_777_216, 9),
            new HsqldbForms());

    private final Address address;
    private final Limits limits;
    private final Forms forms;

    /**
     * How it is reached.
     *
     * @param database a pattern of its databases' names, such that no name is read as anything else
     * @param tls how far a server can be trusted with this driver
     */
    public record Address(String driver, int port, String database, List<TlsMode> tls) {
        public Address {
            tls = List.copyOf(tls);
        }
    }

    /**
     * What it can hold.
     *
     * @param product what it is called in messages
     * @param name characters of a name
     * @param bytes characters of a text, and bytes of a binary, that it compares
     * @param timestampDigits fractional digits of a second with which timestamps are read: with nine, no timestamp
     *     before 1678 or after 2262 has a place in the engine
     */
    public record Limits(String product, int name, int bytes, int timestampDigits) {}

    Dialect(Address address, Limits limits, Forms forms) {
        this.address = address;
        this.limits = limits;
        this.forms = forms;
    }

    public Address address() {
        return address;
    }

    public Limits limits() {
        return limits;
    }

    public Forms forms() {
        return forms;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> keys() {
        return Arrays.stream(values()).map(Dialect::key).toList();
    }

    public static Dialect of(String key) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dialect " + key));
    }

    /** Which names it can have. */
    public NameRule names() {
        return new NameRule(limits.name(), NameRule.Unit.CHARACTERS, NameRule.Alphabet.ANY, false);
    }

    /** An identifier, quoted. The one place where names become SQL. */
    public String name(String identifier) {
        int characters = identifier.length();
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0 || characters > limits.name()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use '" + identifier.replace('\0', '?') + "' as a name in " + limits.product()
                            + ": a name is not empty, has no zero byte and at most " + limits.name() + " characters");
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A text literal. */
    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
