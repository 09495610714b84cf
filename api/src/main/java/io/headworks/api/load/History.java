package io.headworks.api.load;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table keeps of the values its rows had before: {@code load.scd}.
 *
 * @param byDefault for columns that {@code columns} does not name
 * @param columns in the order of the project file
 * @param validAt the column with the business time of a row; null for the time of arrival
 * @param openEnd the end of an interval that has not ended; null where that is NULL
 */
public record History(
        Type byDefault,
        Map<String, Type> columns,
        @Nullable String validAt,
        Deletes deletes,
        Names names,
        @Nullable LocalDate openEnd) {
    public static final LocalDate FAR_AWAY = LocalDate.of(9999, 12, 31);

    public History {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** What becomes of a column's old value; the numbers are the field's own. */
    public enum Type {
        /** The latest value, in all versions. */
        OVERWRITE(1),
        /** A change opens a version. */
        VERSION(2),
        /** The latest value and the one before it, in all versions. */
        PREVIOUS(3),
        /** The latest value in the table, and its versions in a table beside it. */
        BESIDE(4),
        /** The value as of the version, the latest, and the one before that. */
        HYBRID(6);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        public boolean opensVersions() {
            return this == VERSION || this == HYBRID;
        }
    }

    /** What becomes of a key that is deleted. */
    public enum Deletes {
        IGNORE,
        /** Its interval ends. */
        CLOSE,
        /** Its last version is marked and stays open. */
        MARK,
        /** A version with the last values and the mark is added. */
        NEW_RECORD;

        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Names of columns that the history adds.
     *
     * @param current null where no column says which version is current
     * @param surrogate null where versions have no key of their own
     */
    public record Names(
            String from,
            String to,
            @Nullable String current,
            String deleted,
            @Nullable String surrogate) {
        public static final Names DEFAULT = new Names("valid_from", "valid_to", "is_current", "is_deleted", null);
    }

    /** True when rows are versions with an interval. By declaration, so that a table never changes its kind. */
    public boolean keepsVersions() {
        return byDefault.opensVersions() || columns.values().stream().anyMatch(Type::opensVersions);
    }

    public boolean marks() {
        return deletes == Deletes.MARK || deletes == Deletes.NEW_RECORD;
    }
}
