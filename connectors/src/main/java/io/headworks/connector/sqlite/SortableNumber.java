package io.headworks.connector.sqlite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;

/**
 * Functions of ours over exact numbers, which SQLite holds as text: {@code hw_sortable(text, precision, scale)} is a text
 * of fixed length that sorts as numbers do, {@code hw_exact(number, scale)} the number with as many digits.
 */
final class SortableNumber extends Function {
    private static final String NAME = "hw_sortable";

    private SortableNumber() {}

    static void register(Connection connection) throws SQLException {
        Function.create(connection, NAME, new SortableNumber(), 3, Function.FLAG_DETERMINISTIC);
        Function.create(connection, "hw_exact", new Exact(), 2, Function.FLAG_DETERMINISTIC);
    }

    private static final class Exact extends Function {
        @Override
        protected void xFunc() throws SQLException {
            String text = value_text(0);
            if (text == null) {
                result();
            } else {
                result(new BigDecimal(text)
                        .setScale(value_int(1), RoundingMode.UNNECESSARY)
                        .toPlainString());
            }
        }
    }

    static String call(String value, int precision, int scale) {
        return NAME + "(" + value + ", " + precision + ", " + scale + ")";
    }

    @Override
    protected void xFunc() throws SQLException {
        String text = value_text(0);
        if (text == null) {
            result();
            return;
        }
        int digits = value_int(1) + 1;
        BigInteger unscaled = new BigDecimal(text)
                .setScale(value_int(2), RoundingMode.HALF_EVEN)
                .unscaledValue();
        String shifted = unscaled.add(BigInteger.TEN.pow(digits - 1)).toString();
        result("0".repeat(Math.max(0, digits - shifted.length())) + shifted);
    }
}
