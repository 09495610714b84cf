package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.load.History;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.History.Names;
import io.headworks.api.load.History.Type;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Values;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a table keeps of earlier values. */
final class HistoryFormat {
    private static final ScalarKind<Type> TYPE = ScalarKind.of(
            "type of history",
            "1, 2, 3, 4, 6",
            Form.INTEGER,
            text -> Arrays.stream(Type.values())
                    .filter(type -> Integer.toString(type.number()).equals(text))
                    .findFirst()
                    .orElse(null));
    private static final ScalarKind<Optional<LocalDate>> OPEN_END =
            ScalarKind.of("date", "a date, as \"9999-12-31\", or none", Form.TEXT, HistoryFormat::openEnd);

    private static final Key<String> FROM = Key.of(
                    "from", COLUMN, "Where an interval begins, in UTC; it belongs to the interval.")
            .byDefault(Names.DEFAULT.from(), "valid_from");
    private static final Key<String> TO = Key.of("to", COLUMN, "Where it ends; that does not belong to it.")
            .byDefault(Names.DEFAULT.to(), "valid_to");
    private static final Key<String> CURRENT =
            Key.of("current", COLUMN, "True in the version that has no end.").byDefault("is_current", "is_current");
    private static final Key<String> DELETED =
            Key.of("deleted", COLUMN, "The mark of deleted keys.").byDefault(Names.DEFAULT.deleted(), "is_deleted");
    private static final Key<String> SURROGATE = Key.of(
                    "surrogate",
                    COLUMN,
                    "A key of the version's own, derived from merge_keys and from; none when absent.")
            .like("customer_sk");
    private static final ObjectKind<Names> NAMES = ObjectKind.of(
            "names",
            "What the columns of a history are called.",
            List.of(FROM, TO, CURRENT, DELETED, SURROGATE),
            values -> new Names(
                    values.get(FROM),
                    values.get(TO),
                    values.get(CURRENT),
                    values.get(DELETED),
                    values.find(SURROGATE)));

    private static final Key<Type> DEFAULT = Key.of(
                    "default",
                    TYPE,
                    "For columns not named: 1 overwrites; 2 opens a version; 3 keeps the previous value; 4 keeps versions in TABLE_history; 6 is 1, 2 and 3 together.")
            .mandatory()
            .like("2");
    private static final Key<Map<String, Type>> COLUMNS = Key.of(
                    "columns", MapKind.of("column", TYPE), "Columns of another type.")
            .byDefault(Map.of(), "none")
            .like("{email: 1, segment: 6}");
    private static final Key<String> VALID_AT = Key.of(
                    "valid_at", COLUMN, "The business time of a row. Without it, the time of its arrival.")
            .like("updated_at");
    private static final Key<Deletes> DELETES = Key.of(
                    "deletes",
                    ChoiceKind.of(List.of(Deletes.values())),
                    "What becomes of deleted keys. Default: close where there are versions, mark elsewhere.")
            .like("close");
    private static final Key<Names> NAMED = Key.of("names", NAMES, "What the columns of a history are called.")
            .byDefault(Names.DEFAULT, "valid_from, valid_to, is_current, is_deleted, no surrogate");
    private static final Key<Optional<LocalDate>> OPEN = Key.of(
                    "open_end", OPEN_END, "The end of an interval that has not ended: a date, or none for NULL.")
            .byDefault(Optional.of(History.FAR_AWAY), "\"9999-12-31\"")
            .like("\"9999-12-31\"");

    static final ObjectKind<History> KIND = ObjectKind.of(
                    "scd",
                    "What a table keeps of earlier values.",
                    List.of(DEFAULT, COLUMNS, VALID_AT, DELETES, NAMED, OPEN),
                    HistoryFormat::bind)
            .shortFor(DEFAULT);

    private HistoryFormat() {}

    private static @Nullable Optional<LocalDate> openEnd(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static @Nullable History bind(Values values) {
        History declared = new History(
                values.get(DEFAULT),
                values.get(COLUMNS),
                values.find(VALID_AT),
                Deletes.IGNORE,
                values.get(NAMED),
                values.get(OPEN).orElse(null));
        Deletes deletes = values.find(DELETES);
        if (deletes == null) {
            deletes = declared.keepsVersions() ? Deletes.CLOSE : Deletes.MARK;
        }
        return isSound(values, declared, deletes) ? withDeletes(declared, deletes) : null;
    }

    private static History withDeletes(History history, Deletes deletes) {
        return new History(
                history.byDefault(), history.columns(), history.validAt(), deletes, history.names(), history.openEnd());
    }

    private static boolean isSound(Values values, History declared, Deletes deletes) {
        boolean sound = true;
        if (!declared.keepsVersions() && (deletes == Deletes.CLOSE || deletes == Deletes.NEW_RECORD)) {
            values.refuse(
                    DELETES,
                    "conflicting-keys",
                    "'" + deletes.key() + "' needs versions, and no column is of type 2 or 6 (allowed: ignore, mark)",
                    "write deletes: mark");
            sound = false;
        }
        String validAt = declared.validAt();
        if (validAt != null && declared.columns().containsKey(validAt)) {
            values.refuse(
                    COLUMNS,
                    "conflicting-keys",
                    "'" + validAt + "' is valid_at, which is never tracked itself",
                    "remove it from columns");
            sound = false;
        }
        return refuseNames(values, declared) && sound;
    }

    private static boolean refuseNames(Values values, History declared) {
        Names names = declared.names();
        List<String> all =
                new ArrayList<>(Stream.of(names.from(), names.to(), names.current(), names.deleted(), names.surrogate())
                        .filter(name -> name != null)
                        .toList());
        if (declared.validAt() != null) {
            all.add(declared.validAt());
        }
        all.addAll(declared.columns().keySet());
        Set<String> seen = new LinkedHashSet<>();
        boolean sound = true;
        for (String name : all) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                values.refuse(
                        NAMED, "conflicting-keys", "'" + name + "' is used twice", "give one of them another name");
                sound = false;
            } else if (name.toLowerCase(Locale.ROOT).startsWith("_hw_")) {
                values.refuse(
                        NAMED,
                        "conflicting-keys",
                        "'" + name + "' begins with _hw_ as our own columns do, like " + HiddenColumns.OP,
                        "give it another name");
                sound = false;
            }
        }
        return sound;
    }
}
