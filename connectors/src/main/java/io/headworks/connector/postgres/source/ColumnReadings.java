package io.headworks.connector.postgres.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Widening;
import io.headworks.connector.postgres.catalog.PgType;
import io.headworks.connector.postgres.catalog.StoredColumn;
import io.headworks.connector.postgres.copy.DecimalDecoder;
import io.headworks.connector.postgres.copy.Decoder;
import io.headworks.connector.postgres.copy.ListDecoder;
import io.headworks.connector.postgres.copy.NumberDecoder;
import io.headworks.connector.postgres.copy.SpanDecoder;
import io.headworks.connector.postgres.copy.TextDecoder;
import io.headworks.connector.postgres.copy.TimeDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's types against ours. What has no exact counterpart is read as the text that the server itself prints and
 * reads, or refused: nothing is rounded and nothing is guessed. The table for users is in docs/sources/postgresql.md.
 */
final class ColumnReadings {
    private static final int MOST_DIGITS = 38;
    private static final int HEAD = 4;
    private static final int MICROSECONDS = 6;
    /** Types of the server whose printed text is the whole value. */
    private static final Set<String> PRINTED = Set.of(
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "varbit",
            "xml",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "tsvector",
            "tsquery",
            "pg_lsn",
            "tid",
            "xid",
            "xid8",
            "cid",
            "char",
            "jsonpath",
            "regclass",
            "regtype",
            "regproc",
            "regprocedure",
            "regrole",
            "regnamespace",
            "regoper",
            "regoperator");
    /** Types of extensions of which the same is known. */
    private static final Set<String> PRINTED_EXTENSIONS = Set.of("citext", "ltree");

    private final TextDecoder text;
    private final int moneyDigits;

    /**
     * The types of one database.
     *
     * @param checkedTexts false where the database's encoding is SQL_ASCII
     * @param moneyDigits digits after the point of its {@code money}
     */
    ColumnReadings(boolean checkedTexts, int moneyDigits) {
        this.text = checkedTexts ? TextDecoder.TEXT : TextDecoder.UNCHECKED_TEXT;
        this.moneyDigits = moneyDigits;
    }

    /** The types of the database that a session is connected to. */
    static ColumnReadings of(Connection session) throws SQLException {
        String encoding = Snapshot.text(session, "SHOW server_encoding");
        String money = Snapshot.text(session, "SELECT scale('0'::money::numeric)");
        return new ColumnReadings(!"SQL_ASCII".equals(encoding), Integer.parseInt(Objects.requireNonNull(money)));
    }

    /**
     * The reading of a column; empty when it has no type of its own that keeps every value.
     *
     * @param chosen the type that the project or an earlier run gave it; null for its own
     * @throws HeadworksException of kind PROJECT when it cannot be read as that
     */
    Optional<ColumnReading> of(StoredColumn column, @Nullable DataType chosen) {
        Optional<ColumnReading> natural = natural(column.type(), column.modifier());
        if (chosen == null || natural.isPresent() && natural.get().type().equals(chosen)) {
            return natural;
        }
        Optional<ColumnReading> other = chosen(column, natural, chosen);
        if (other.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read column '" + column.name() + "' as " + chosen + ": it is "
                            + column.type().spelling() + " at the source",
                    "leave its type out or say text, and convert it with the stage cast, where rows that do not fit are"
                            + " rejected one by one");
        }
        return other;
    }

    /** Why a column has no type of its own, and one that may be said instead. */
    static Unreadable unreadable(StoredColumn column) {
        String name = column.type().name();
        boolean number = name.equals("numeric") || name.equals("_numeric");
        return new Unreadable(
                "column '" + column.name() + "' is " + column.type().spelling()
                        + (number ? ", which has no bounds" : ", which has no counterpart here"),
                name.equals("numeric") ? "decimal(38,10)" : "text");
    }

    /**
     * A column without a type.
     *
     * @param instead a type that could be said
     */
    record Unreadable(String why, String instead) {}

    /** Types other than the column's own that keep every value, or reject the row that has one which does not fit. */
    private Optional<ColumnReading> chosen(StoredColumn column, Optional<ColumnReading> natural, DataType chosen) {
        PgType base = base(column.type());
        if (chosen == DataType.TEXT) {
            return Optional.of(printed());
        } else if (base.builtin() && base.name().equals("numeric") && chosen instanceof DataType.Decimal decimal) {
            return decimal.precision() <= MOST_DIGITS ? Optional.of(decimal(decimal)) : Optional.empty();
        } else if (natural.isEmpty()) {
            return Optional.empty();
        }
        DataType own = natural.get().type();
        boolean sameWidth = own instanceof DataType.Bounded && chosen instanceof DataType.Bounded;
        if (own.isInteger() && Widening.holds(chosen, own)) {
            return wider(chosen);
        } else if (own.isText() && chosen.isText() && !sameWidth && Widening.holds(chosen, own)
                || own instanceof DataType.Timestamp && Widening.holds(chosen, own)
                || own instanceof DataType.Decimal && Widening.holds(chosen, own)) {
            return Optional.of(new ColumnReading(
                    chosen, natural.get().cast(), natural.get().decoder()));
        }
        return Optional.empty();
    }

    private static Optional<ColumnReading> wider(DataType chosen) {
        if (chosen == Simple.INT32) {
            return Optional.of(new ColumnReading(chosen, "int4", NumberDecoder.INT32));
        } else if (chosen == Simple.INT64) {
            return Optional.of(new ColumnReading(chosen, "int8", NumberDecoder.INT64));
        } else if (chosen instanceof DataType.Decimal decimal && decimal.precision() <= MOST_DIGITS) {
            return Optional.of(
                    new ColumnReading(chosen, "numeric", new DecimalDecoder(decimal.precision(), decimal.scale())));
        }
        return Optional.empty();
    }

    private static PgType base(PgType type) {
        return type.base() == null ? type : base(type.base());
    }

    private Optional<ColumnReading> natural(PgType type, int modifier) {
        if (type.base() != null) {
            return natural(type.base(), type.baseModifier());
        } else if (type.element() != null) {
            return natural(type.element(), modifier)
                    .filter(this::mayStandInList)
                    .map(element -> new ColumnReading(
                            new DataType.ListOf(element.type()),
                            element.cast().isEmpty() ? "" : element.cast() + "[]",
                            new ListDecoder(element.decoder())));
        } else if (type.kind() == 'e') {
            return Optional.of(
                    type.labels().isEmpty()
                            ? printed()
                            : new ColumnReading(new DataType.Enumeration(type.labels()), "text", text));
        } else if (type.kind() == 'r' || type.kind() == 'm') {
            return Optional.of(printed());
        } else if (type.kind() != 'b') {
            return Optional.empty();
        }
        return type.builtin() ? builtin(type.name(), modifier) : extension(type.name());
    }

    private boolean mayStandInList(ColumnReading element) {
        return !(element.decoder() instanceof ListDecoder);
    }

    private Optional<ColumnReading> extension(String name) {
        if (name.equals("hstore")) {
            return Optional.of(new ColumnReading(Simple.JSON, "json", text));
        }
        return PRINTED_EXTENSIONS.contains(name) ? Optional.of(printed()) : Optional.empty();
    }

    /** The text that the server prints for any value. */
    ColumnReading printed() {
        return new ColumnReading(DataType.TEXT, "text", text);
    }

    private Optional<ColumnReading> builtin(String name, int modifier) {
        int digits = modifier < 0 ? MICROSECONDS : modifier;
        return switch (name) {
            case "bool" -> reading(Simple.BOOLEAN, NumberDecoder.BOOLEAN);
            case "int2" -> reading(Simple.INT16, NumberDecoder.INT16);
            case "int4" -> reading(Simple.INT32, NumberDecoder.INT32);
            case "int8" -> reading(Simple.INT64, NumberDecoder.INT64);
            case "oid" -> reading(Simple.UINT32, NumberDecoder.UINT32);
            case "float4" -> reading(Simple.FLOAT, NumberDecoder.FLOAT);
            case "float8" -> reading(Simple.DOUBLE, NumberDecoder.DOUBLE);
            case "numeric" -> numeric(modifier);
            case "money" ->
                Optional.of(new ColumnReading(
                        new DataType.Decimal(19, moneyDigits), "numeric", new DecimalDecoder(19, moneyDigits)));
            case "text", "name" -> reading(DataType.TEXT, text);
            case "varchar" -> reading(modifier < 0 ? DataType.TEXT : bounded(modifier, false), text);
            case "bpchar" -> reading(modifier < 0 ? DataType.TEXT : bounded(modifier, true), text);
            case "bytea" -> reading(Simple.BINARY, TextDecoder.BINARY);
            case "date" -> reading(Simple.DATE, TimeDecoder.DATE);
            case "time" -> reading(new DataType.Time(digits), TimeDecoder.TIME);
            case "timetz" -> reading(Simple.TIMETZ, SpanDecoder.TIMETZ);
            case "timestamp" -> reading(new DataType.Timestamp(digits, false), TimeDecoder.TIMESTAMP);
            case "timestamptz" -> reading(new DataType.Timestamp(digits, true), TimeDecoder.TIMESTAMP);
            case "interval" -> reading(Simple.INTERVAL, SpanDecoder.INTERVAL);
            case "uuid" -> reading(Simple.UUID, SpanDecoder.UUID);
            case "json" -> reading(Simple.JSON, text);
            case "jsonb" -> reading(Simple.JSON, TextDecoder.JSONB);
            case "bit" -> Optional.of(new ColumnReading(new DataType.Bits(modifier < 1 ? 1 : modifier), "text", text));
            default -> PRINTED.contains(name) ? Optional.of(printed()) : Optional.empty();
        };
    }

    private static Optional<ColumnReading> reading(DataType type, Decoder decoder) {
        return Optional.of(new ColumnReading(type, decoder));
    }

    private static DataType bounded(int modifier, boolean padded) {
        return new DataType.Bounded(modifier - HEAD, padded);
    }

    /** A negative scale counts zeros before the point; one above the precision, zeros behind it. */
    private static Optional<ColumnReading> numeric(int modifier) {
        if (modifier < HEAD) {
            return Optional.empty();
        }
        int precision = modifier - HEAD >> 16 & 0xffff;
        int scale = (modifier - HEAD & 0x7ff ^ 1024) - 1024;
        int whole = Math.max(precision - scale, 0);
        int digits = Math.max(1, whole + Math.max(scale, 0));
        return digits > MOST_DIGITS
                ? Optional.empty()
                : Optional.of(decimal(new DataType.Decimal(digits, Math.max(scale, 0))));
    }

    private static ColumnReading decimal(DataType.Decimal type) {
        return new ColumnReading(type, new DecimalDecoder(type.precision(), type.scale()));
    }
}
