package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;

import io.headworks.api.check.Rule;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the keys of checks have in common. */
final class CheckKeys {
    static final Key<String> COLUMN_KEY =
            Key.of("column", COLUMN, "The column.").mandatory().like("amount");
    static final Key<List<String>> COLUMNS = Key.of("columns", ListKind.oneOrMore(COLUMN), "The columns.")
            .mandatory()
            .accepting("column")
            .like("[order_id]");
    static final Key<List<String>> PER = Key.of(
                    "per", ListKind.oneOrMore(COLUMN), "Each group of these columns is looked at by itself.")
            .byDefault(List.of(), "all rows are one group")
            .like("[account_id]");

    private CheckKeys() {}

    /**
     * A check as a key of the vocabulary.
     *
     * @param shortFor the key that a value stands for that is no map
     * @param rule answers null when it reported a problem
     */
    static Key<CheckDraft> check(
            String name,
            String description,
            List<Key<?>> own,
            @Nullable Key<?> shortFor,
            String example,
            Function<Values, @Nullable Rule> rule) {
        Function<Values, @Nullable CheckDraft> binder = values -> {
            Rule bound = rule.apply(values);
            return bound == null
                    ? null
                    : new CheckDraft(
                            bound,
                            CheckOptions.of(values),
                            values.node(),
                            values.in().path());
        };
        ObjectKind<CheckDraft> kind =
                ObjectKind.of("check " + name, description, own, binder).sharing(CheckOptions.SHARED);
        return Key.of(name, shortFor == null ? kind : kind.shortFor(shortFor), description)
                .like(example);
    }

    static @Nullable Rule unbounded(Values v, String bounds) {
        v.in().refuse(v.node(), "empty-check", "it has no bound (allowed: " + bounds + ")", null);
        return null;
    }

    static boolean ordered(Values v, @Nullable Long min, @Nullable Long max) {
        boolean ordered = min == null || max == null || min <= max;
        if (!ordered) {
            v.in().refuse(v.node(), "invalid-value", "min " + min + " is above max " + max, null);
        }
        return ordered;
    }

    /** Two words, the first meaning true. */
    static ChoiceKind<Boolean> either(String yes, String no) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put(yes, true);
        words.put(no, false);
        return ChoiceKind.of(words);
    }

    /** True when at least so many columns are named; else it was reported. */
    static boolean atLeast(int fewest, Values v) {
        boolean enough = v.get(COLUMNS).size() >= fewest;
        if (!enough) {
            v.refuse(COLUMNS, "invalid-value", "it names one column (allowed: " + fewest + " or more)", null);
        }
        return enough;
    }
}
