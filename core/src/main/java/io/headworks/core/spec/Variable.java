package io.headworks.core.spec;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of the project with its value in this environment.
 *
 * @param value the value as text, checked against type and allowed values; null when nothing gives one
 * @param allowed empty when every value of the type is allowed
 * @param required nothing runs without a value
 * @param secret its value is masked, and kept in no record
 */
public record Variable(
        String name,
        Type type,
        @Nullable String value,
        List<String> allowed,
        @Nullable String description,
        boolean required,
        boolean secret) {
    public enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        DATE,
        TIMESTAMP;

        /**
         * Reads a value.
         *
         * @throws RuntimeException when the text is no value of the type
         */
        Object read(String text) {
            return switch (this) {
                case TEXT -> text;
                case INTEGER -> Long.valueOf(text);
                case DECIMAL -> new BigDecimal(text);
                case BOOLEAN -> bool(text);
                case DATE -> LocalDate.parse(text);
                case TIMESTAMP -> LocalDateTime.parse(text.replace(' ', 'T'));
            };
        }

        private static Boolean bool(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("Cannot read '" + text + "' as boolean (allowed: true, false)");
            }
            return text.equals("true");
        }
    }

    public Variable {
        allowed = List.copyOf(allowed);
    }

    /** The same under a name, with a value. */
    public Variable valued(String as, @Nullable String text) {
        return new Variable(as, type, text, allowed, description, required, secret);
    }

    /** The same with a value that is no one's business. */
    public Variable hidden() {
        return new Variable(name, type, value, allowed, description, required, true);
    }

    /** The value as String, Long, BigDecimal, Boolean, LocalDate or LocalDateTime; null when there is none. */
    public @Nullable Object typed() {
        return value == null ? null : type.read(value);
    }

    /** See {@link Type#read}. */
    public static boolean fits(Type type, String text) {
        try {
            type.read(text);
            return true;
        } catch (RuntimeException malformed) {
            return false;
        }
    }
}
