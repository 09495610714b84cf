package io.headworks.core.spec.format;

import io.headworks.core.spec.TableChoice;
import io.headworks.core.spec.TableChoice.Appeared;
import io.headworks.core.spec.TableChoice.Vanished;
import io.headworks.core.spec.TablePattern;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import java.util.List;
import java.util.regex.Pattern;

/** Which tables of a source a pipeline takes. */
public final class TablesFormat {
    private static final Pattern NAMES = Pattern.compile("[^:.()\\s]+(?:\\.[^:.()]*[^:.()\\s])?");
    private static final ScalarKind<TablePattern> PATTERN = ScalarKind.of(
            "pattern of tables",
            "[schema.]table, with * for any characters",
            Form.TEXT,
            text -> NAMES.matcher(text).matches() ? new TablePattern(text) : null);

    private static final Key<List<TablePattern>> INCLUDE = Key.of(
                    "include",
                    ListKind.oneOrMore(PATTERN),
                    "Tables to take; without a schema those of the connection's own. Views are taken by their whole names.")
            .mandatory()
            .like("[\"public.*\"]");
    private static final Key<List<TablePattern>> EXCLUDE = Key.of(
                    "exclude", ListKind.anyNumber(PATTERN), "Tables to leave out.")
            .byDefault(List.of(), "none")
            .like("[\"public.tmp_*\"]");
    private static final Key<Appeared> APPEARED = Key.of(
                    "appeared",
                    ChoiceKind.of(List.of(Appeared.values())),
                    "A table that is new in the source: load takes it, stop waits for somebody to name it.")
            .byDefault(Appeared.LOAD, "load");
    private static final Key<Vanished> VANISHED = Key.of(
                    "vanished",
                    ChoiceKind.of(List.of(Vanished.values())),
                    "A table that was loaded before and is no longer in the source.")
            .byDefault(Vanished.STOP, "stop");

    /** A list stands for what is included. */
    public static final ObjectKind<TableChoice> KIND = ObjectKind.of(
                    "tables",
                    "Many tables of a source, each a pipeline of its own.",
                    List.of(INCLUDE, EXCLUDE, APPEARED, VANISHED),
                    v -> new TableChoice(v.get(INCLUDE), v.get(EXCLUDE), v.get(APPEARED), v.get(VANISHED)))
            .shortFor(INCLUDE);

    private TablesFormat() {}
}
