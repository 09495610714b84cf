package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;
import static io.headworks.core.spec.descriptor.Scalars.TEXT;

import io.headworks.api.secret.Secret;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.transform.Operation.MapCodes;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.EitherKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.MappedKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations on single columns. */
final class ColumnOperations {
    private static final Kind<List<String>> COLUMNS = ListKind.oneOrMore(COLUMN);

    private static final Key<DataType> TO =
            Key.of("to", Scalars.TYPE, "The new type.").mandatory().like("\"decimal(18,2)\"");
    private static final Key<Cast.OnError> ON_ERROR = Key.of(
                    "on_error",
                    ChoiceKind.of(List.of(Cast.OnError.values())),
                    "What becomes of a row whose value does not fit.")
            .byDefault(Cast.OnError.REJECT, "reject");
    private static final Key<Boolean> ROUND = Key.of(
                    "round",
                    ChoiceKind.of(ordered("refuse", false, "allow", true)),
                    "Whether digits that the type cannot hold may be lost.")
            .byDefault(false, "refuse");
    private static final ObjectKind<CastTo> CAST_TO = ObjectKind.of(
                    "cast of a column",
                    "How one column is cast.",
                    List.of(TO, ON_ERROR, ROUND),
                    values -> new CastTo(values.get(TO), values.get(ON_ERROR), values.get(ROUND)))
            .shortFor(TO);

    private static final Key<String> CODED =
            Key.of("column", COLUMN, "The column that holds codes.").mandatory();
    private static final Key<Map<String, String>> WITH = Key.of(
                    "with", new CodesKind(), "A CSV file in the project with the columns code and value.")
            .mandatory()
            .like("codes/status.csv");
    private static final Key<String> OTHER_VALUE =
            Key.of("value", TEXT, "The value for unknown codes.").mandatory();
    private static final Key<Unknown> UNKNOWN = Key.of(
                    "unknown",
                    EitherKind.of(
                            MappedKind.of(
                                    ChoiceKind.of(List.of(
                                            MapCodes.Unknown.REJECT, MapCodes.Unknown.KEEP, MapCodes.Unknown.SET_NULL)),
                                    word -> new Unknown(word, null)),
                            ObjectKind.of(
                                    "other value",
                                    "A value for every code that is not in the list.",
                                    List.of(OTHER_VALUE),
                                    values -> new Unknown(MapCodes.Unknown.VALUE, values.get(OTHER_VALUE)))),
                    "What becomes of a code that is not in the list.")
            .byDefault(new Unknown(MapCodes.Unknown.REJECT, null), "reject");
    private static final ObjectKind<MapCodes> MAP_CODES = ObjectKind.of(
            "map_codes",
            "Codes replaced by their values.",
            List.of(CODED, WITH, UNKNOWN),
            values -> new MapCodes(
                    values.get(CODED),
                    values.get(WITH),
                    values.get(UNKNOWN).word(),
                    values.get(UNKNOWN).value()));

    private static final Kind<String> ALGORITHM = ChoiceKind.of(ordered("sha256", "sha256", "md5", "md5"));
    private static final Key<Secret> SALT =
            Key.of("salt", Scalars.SECRET, "Hashed before every value.").like("\"${env:SALT}\"");
    private static final ObjectKind<Operation.Hash> HASH = ObjectKind.<Operation.Hash>of(
                    "hash",
                    "Columns replaced by the hash of salt and value, in hexadecimal.",
                    List.of(SALT),
                    ColumnOperations::hash)
            .others(ALGORITHM);

    static final List<Key<? extends Operation>> ALL = List.of(
            operation(
                    "trim",
                    MappedKind.of(COLUMNS, Operation.Trim::new),
                    "Removes white space at both ends of text columns.",
                    "[status]"),
            operation(
                    "fill_null",
                    MappedKind.of(MapKind.of("column", TEXT), Operation.FillNull::new),
                    "Replaces NULL by a value, read as the column's type.",
                    "{currency: EUR}"),
            operation(
                    "cast",
                    MappedKind.of(MapKind.of("column", CAST_TO), ColumnOperations::cast),
                    "Gives columns another type.",
                    "{amount: \"decimal(18,2)\"}"),
            operation(
                    "derive",
                    MappedKind.of(MapKind.of("column", Expressions.EXPRESSION), Operation.Derive::new),
                    "New or replaced columns; every expression sees the columns as they came in.",
                    "{is_large: \"amount > 1000\"}"),
            operation(
                    "rename",
                    MappedKind.of(MapKind.of("column", COLUMN), Operation.Rename::new),
                    "Gives columns another name: old to new.",
                    "{old_name: new_name}"),
            operation(
                    "select",
                    MappedKind.of(COLUMNS, Operation.Select::new),
                    "Keeps these columns, in this order.",
                    "[a, b]"),
            operation("drop", MappedKind.of(COLUMNS, Operation.Drop::new), "Removes columns.", "[c]"),
            operation(
                    "map_codes",
                    MAP_CODES,
                    "Replaces codes by values of a list.",
                    "{column: status, with: codes/status.csv}"),
            operation(
                    "to_utc",
                    MappedKind.of(MapKind.of("column", Scalars.ZONE), ColumnOperations::toUtc),
                    "Turns naive local times into instants: column to time zone.",
                    "{placed_at: Europe/Rome}"),
            operation(
                    "parse_json",
                    MappedKind.of(MapKind.of("column", Scalars.TYPE), Operation.ParseJson::new),
                    "Reads JSON text as a type.",
                    "{payload: \"struct(id bigint)\"}"),
            operation("hash", HASH, "Replaces columns by a hash.", "{email: sha256, salt: \"${env:SALT}\"}"),
            operation(
                    "mask",
                    MappedKind.of(
                            MapKind.of(
                                    "column",
                                    ChoiceKind.of(ordered(
                                            "last4", "last4", "first1", "first1", "email", "email", "full", "full"))),
                            Operation.Mask::new),
                    "Hides part of a text.",
                    "{card: last4}"));

    private ColumnOperations() {}

    private record CastTo(DataType type, Cast.OnError onError, boolean round) {}

    private record Unknown(MapCodes.Unknown word, @Nullable String value) {}

    static <T extends Operation> Key<T> operation(String name, Kind<T> kind, String description, String example) {
        return Key.of(name, kind, description).like(example);
    }

    private static Cast cast(Map<String, CastTo> columns) {
        List<Cast.Column> cast = new ArrayList<>();
        columns.forEach((name, to) -> cast.add(new Cast.Column(name, to.type(), to.onError(), to.round())));
        return new Cast(cast);
    }

    private static Operation.ToUtc toUtc(Map<String, ZoneId> zones) {
        Map<String, String> names = new LinkedHashMap<>();
        zones.forEach((column, zone) -> names.put(column, zone.getId().equals("Z") ? "UTC" : zone.getId()));
        return new Operation.ToUtc(names);
    }

    private static Operation.@Nullable Hash hash(Values values) {
        Map<String, String> algorithms = values.rest(ALGORITHM);
        if (algorithms.isEmpty()) {
            values.in().refuse(values.node(), "invalid-value", "it names no column (allowed: column: sha256)", null);
            return null;
        }
        return new Operation.Hash(algorithms, values.find(SALT));
    }

    private static <T> Map<String, T> ordered(String first, T a, String second, T b) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put(first, a);
        map.put(second, b);
        return map;
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
