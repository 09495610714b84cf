package io.headworks.connector.mysql.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.name.NameRule;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** The one place where names and texts become SQL of MySQL. Both read the same in every sql_mode. */
public final class MysqlSql {

    public static final NameRule NAMES =
            new NameRule(64, NameRule.Unit.CHARACTERS, NameRule.Alphabet.BASIC_PLANE, false);

    private MysqlSql() {}

    public static String name(String identifier) {
        if (identifier.isEmpty() || identifier.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use '" + identifier.replace('\0', '?')
                            + "' as a name in MySQL: a name is not empty and has no zero byte and no character above"
                            + " U+FFFF");
        }
        if (identifier.endsWith(" ") || identifier.codePointCount(0, identifier.length()) > 64) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use '" + identifier
                            + "' as a name in MySQL: a name has at most 64 characters and does not end with a blank");
        }
        return '`' + identifier.replace("`", "``") + '`';
    }

    public static String names(Collection<String> identifiers) {
        return identifiers.stream().map(MysqlSql::name).collect(Collectors.joining(", "));
    }

    /** A text literal, by its bytes: no sql_mode and no character set gives them another meaning. */
    public static String text(String value) {
        return "_utf8mb4 " + bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A binary literal. */
    public static String bytes(byte[] value) {
        return "x'" + HexFormat.of().formatHex(value) + "'";
    }
}
