package io.headworks.core.diff;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.CanonicalForm.Near;
import io.headworks.api.diff.Tolerance;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds for each column of one table its counterpart in the other, and the form in which both are compared. */
public final class PairColumns {
    private final DiffRequest request;
    private final Schema a;
    private final Schema b;
    private final Set<String> ours;

    /** @param ours names of columns that loads add by themselves */
    public PairColumns(DiffRequest request, Schema a, Schema b, Set<String> ours) {
        this.request = request;
        this.a = a;
        this.b = b;
        this.ours = ours;
    }

    /** A key that somebody or something knows. */
    public record KnownKey(List<String> columns, String from) {
        public KnownKey {
            columns = List.copyOf(columns);
        }
    }

    /** @param known keys to be tried in this order where the request names none */
    public Pairing pair(List<KnownKey> known) {
        refuseUnknown("--key", request.key());
        refuseUnknown("--columns", request.columns());
        refuseUnknown("--exclude", request.exclude());
        refuseUnknown("--tolerance", List.copyOf(request.tolerances().keySet()));
        KnownKey key = key(known);
        List<ColumnPair> values = new ArrayList<>();
        List<String> onlyInA = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Field field : a.fields()) {
            Optional<Field> other = counterpart(field, b);
            if (isKey(a, key, field)) {
                continue;
            } else if (isLeftOut(field.name())) {
                leftOut.add(field.name());
            } else if (other.isEmpty()) {
                onlyInA.add(field.name());
            } else {
                pair(field, other.get(), refused).ifPresent(values::add);
            }
        }
        List<ColumnPair> keyPairs = keyPairs(key, refused);
        refuse(refused);
        return new Pairing(
                keyPairs,
                key.from(),
                values,
                onlyInA,
                onlyInB(key, leftOut),
                leftOut,
                request.where().rules());
    }

    private static boolean isKey(Schema schema, KnownKey key, Field field) {
        return key.columns().stream()
                .anyMatch(name -> named(schema, name).filter(field::equals).isPresent());
    }

    private List<String> onlyInB(KnownKey key, List<String> leftOut) {
        List<String> only = new ArrayList<>();
        for (Field field : b.fields()) {
            if (isKey(b, key, field)) {
                continue;
            } else if (isLeftOut(field.name())) {
                if (leftOut.stream().noneMatch(field.name()::equalsIgnoreCase)) {
                    leftOut.add(field.name());
                }
            } else if (counterpart(field, a).isEmpty()) {
                only.add(field.name());
            }
        }
        return only;
    }

    private boolean isLeftOut(String column) {
        if (names(request.columns(), column)) {
            return false;
        }
        return names(request.exclude(), column) || !request.columns().isEmpty() || ours.contains(column);
    }

    private static boolean names(List<String> names, String column) {
        return names.stream().anyMatch(column::equalsIgnoreCase);
    }

    private KnownKey key(List<KnownKey> known) {
        if (!request.key().isEmpty()) {
            return new KnownKey(request.key(), "--key");
        }
        return known.stream()
                .filter(key -> !key.columns().isEmpty())
                .filter(key -> key.columns().stream()
                        .allMatch(name ->
                                named(a, name).isPresent() && named(b, name).isPresent()))
                .findFirst()
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot compare " + request.a() + " with " + request.b()
                                + ": neither has a primary key or merge keys that both sides have",
                        "name the columns that tell rows apart: --key id (columns of both: "
                                + String.join(", ", shared()) + ")"));
    }

    private List<String> shared() {
        return a.fields().stream()
                .filter(field -> counterpart(field, b).isPresent())
                .map(Field::name)
                .toList();
    }

    private List<ColumnPair> keyPairs(KnownKey key, List<String> refused) {
        List<ColumnPair> pairs = new ArrayList<>();
        for (String name : key.columns()) {
            Field left = needed(a, request.a(), name);
            Field right = needed(b, request.b(), name);
            pair(left, right, refused).ifPresent(pairs::add);
        }
        for (ColumnPair pair : pairs) {
            CanonicalForm form = pair.form();
            if (pair.tolerance() != null || form instanceof CanonicalForm.Floating || isNoKey(form)) {
                refused.add(
                        "key column '" + pair.a().name() + "' is " + pair.a().type()
                                + (pair.tolerance() != null ? " with a tolerance" : "")
                                + " (allowed as a key: whole and decimal numbers, text, uuid, dates, times, binary, all exact)");
            }
        }
        return pairs;
    }

    private static boolean isNoKey(CanonicalForm form) {
        return form.isEngines() && !(form instanceof CanonicalForm.Folded);
    }

    private Field needed(Schema schema, String table, String name) {
        return named(schema, name)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot compare by key column '" + name + "': " + table + " does not have it (columns: "
                                + schema + ")"));
    }

    private Optional<ColumnPair> pair(Field left, Field right, List<String> refused) {
        Optional<FormMatch> match = FormMatch.of(left.type(), right.type(), request.ignoreCase());
        if (match.isEmpty()) {
            refused.add("column '" + left.name() + "' is " + left.type() + " in " + request.a() + " and " + right.type()
                    + " in " + request.b());
            return Optional.empty();
        }
        List<String> rules = match.get().rules().stream()
                .map(rule -> rule.replace("%s", left.name()))
                .collect(Collectors.toCollection(ArrayList::new));
        CanonicalForm form = match.get().form();
        Tolerance tolerance = new ToleranceText(request.tolerances()).of(left, right, form, refused);
        if (tolerance != null) {
            rules.add(left.name() + ": equal up to a distance of "
                    + tolerance.distance().toPlainString() + (left.type().isTime() ? " seconds" : ""));
            form = new Near(form, tolerance.cell());
        }
        return Optional.of(new ColumnPair(left, right, form, tolerance, rules));
    }

    private void refuse(List<String> refused) {
        if (!refused.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot compare " + request.a() + " with " + request.b() + ": " + String.join("; ", refused),
                    "leave a column out with --exclude");
        }
    }

    private void refuseUnknown(String option, List<String> names) {
        List<String> all = Stream.concat(a.names().stream(), b.names().stream())
                .collect(Collectors.toMap(PairColumns::folded, name -> name, (one, other) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
        for (String name : names) {
            if (named(a, name).isEmpty() && named(b, name).isEmpty()) {
                String near = Nearest.to(name, all);
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot use " + option + " " + name + ": neither side has such a column (columns: "
                                + String.join(", ", all) + ")",
                        near == null ? null : "did you mean " + near + "?");
            }
        }
    }

    private static Optional<Field> counterpart(Field field, Schema other) {
        return named(other, field.name());
    }

    /** In the exact case, or in another where only one column has it: systems write names in their own case. */
    private static Optional<Field> named(Schema schema, String name) {
        Optional<Field> exact = schema.field(name);
        if (exact.isPresent()) {
            return exact;
        }
        List<Field> near = schema.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
    }

    private static String folded(String name) {
        return name.toLowerCase(java.util.Locale.ROOT);
    }
}
