package io.headworks.api.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.History.Type;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a table with history, as its declaration and the columns of a batch give them.
 *
 * @param load with a history
 * @param batch what a batch delivers
 */
public record HistoryTable(Load load, History history, Schema batch) {
    /** The latest valid_at that confirmed a version, in UTC. */
    public static final String CONFIRMED = "_hw_confirmed_at";

    /** When an explicit deletion closed, marked or added a version, in UTC. */
    public static final String DELETED = "_hw_deleted_at";

    /** Which columns were tracked how when the row was written. */
    public static final String TRACKED = "_hw_history";

    /** The unknown member; no key is ever given it. */
    public static final long UNKNOWN = -1;

    /** Where an inferred member begins, in UTC: before every time that a fact may have, and in reach of every target. */
    public static final LocalDateTime BEGINNING = LocalDateTime.of(1000, 1, 1, 0, 0);

    /** What {@link #TRACKED} says of an inferred member: nothing is known of it but its key. */
    public static final String INFERRED = "inferred";

    private static final DataType INSTANT = DataType.TIMESTAMP;

    public static HistoryTable of(Load load, Schema batch) {
        History history = load.history();
        if (history == null) {
            throw new IllegalArgumentException("Cannot describe the history of " + load.table() + ": it has none");
        }
        return new HistoryTable(load, history, batch);
    }

    public List<Field> keys() {
        return load.mergeKeys().stream().map(this::required).toList();
    }

    /** Columns of {@code order_by} other than valid_at. */
    public List<Field> order() {
        return load.orderBy().stream()
                .filter(name -> !name.equals(history.validAt()))
                .map(this::required)
                .toList();
    }

    private Field required(String name) {
        return batch.field(name)
                .orElseThrow(() -> new IllegalArgumentException("no column '" + name + "' in " + batch));
    }

    /** The columns of some types, in the order of the batch. */
    public List<Field> of(Type... types) {
        List<Type> wanted = List.of(types);
        return batch.fields().stream()
                .filter(field -> type(field.name()).filter(wanted::contains).isPresent())
                .toList();
    }

    /** Empty for what is never tracked: keys, valid_at and order_by. */
    public Optional<Type> type(String column) {
        boolean apart = load.mergeKeys().contains(column)
                || column.equals(history.validAt())
                || load.orderBy().contains(column);
        return apart ? Optional.empty() : Optional.of(history.columns().getOrDefault(column, history.byDefault()));
    }

    public List<Field> versioned() {
        return of(Type.VERSION, Type.HYBRID);
    }

    public static String previous(String column) {
        return "previous_" + column;
    }

    public static String current(String column) {
        return "current_" + column;
    }

    /** When the value of a type 3 column was first seen. */
    public static String since(String column) {
        return "_hw_" + column + "_since";
    }

    /** When the value before it was last seen. */
    public static String until(String column) {
        return "_hw_" + column + "_until";
    }

    public boolean isTimed() {
        return history.validAt() != null;
    }

    public boolean remembersDeletions() {
        return isTimed() && history.deletes() != Deletes.IGNORE;
    }

    /** All columns of the table but audit columns. What is no key may be NULL: nothing is known of an inferred member. */
    public Schema columns() {
        return new Schema(Stream.concat(batch.fields().stream().map(this::stored), added().stream())
                .toList());
    }

    private Field stored(Field field) {
        return load.mergeKeys().contains(field.name()) ? field : new Field(field.name(), field.type());
    }

    /** The columns that the history adds. */
    public List<Field> added() {
        List<Field> added = new ArrayList<>(derived());
        added.addAll(structure());
        return added;
    }

    private List<Field> derived() {
        List<Field> derived = new ArrayList<>();
        for (Field field : of(Type.PREVIOUS, Type.HYBRID)) {
            boolean hybrid = type(field.name()).orElseThrow() == Type.HYBRID;
            if (hybrid) {
                derived.add(new Field(current(field.name()), field.type()));
            }
            derived.add(new Field(previous(field.name()), field.type()));
            if (!hybrid && isTimed()) {
                derived.add(new Field(since(field.name()), INSTANT));
                derived.add(new Field(until(field.name()), INSTANT));
            }
        }
        return derived;
    }

    /** What every table with this history has, whatever columns it is about. */
    public List<Field> structure() {
        List<Field> fields = new ArrayList<>();
        String surrogate = history.names().surrogate();
        if (surrogate != null) {
            fields.add(new Field(surrogate, DataType.BIGINT));
        }
        if (history.keepsVersions()) {
            fields.add(new Field(history.names().from(), INSTANT));
            fields.add(new Field(history.names().to(), INSTANT));
            String current = history.names().current();
            if (current != null) {
                fields.add(new Field(current, Simple.BOOLEAN));
            }
        }
        if (history.marks()) {
            fields.add(new Field(history.names().deleted(), Simple.BOOLEAN));
        }
        if (isTimed()) {
            fields.add(new Field(CONFIRMED, INSTANT));
        }
        if (remembersDeletions()) {
            fields.add(new Field(DELETED, INSTANT));
        }
        fields.add(new Field(TRACKED, DataType.TEXT));
        return fields;
    }

    /** What {@link #TRACKED} says of rows written now: {@code email=1 segment=6}, in the order of names. */
    public String tracked() {
        return batch.fields().stream()
                .flatMap(field -> type(field.name()).map(type -> escaped(field.name()) + "=" + type.number()).stream())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** The names in a text of {@link #tracked}, each with its number; none of an inferred member. */
    public static Map<String, Integer> tracked(String text) {
        Map<String, Integer> types = new LinkedHashMap<>();
        for (String each : text.isEmpty() || text.equals(INFERRED) ? new String[0] : text.split(" ")) {
            int sign = each.lastIndexOf('=');
            types.put(
                    each.substring(0, sign).replace("%20", " ").replace("%25", "%"),
                    Integer.valueOf(each.substring(sign + 1)));
        }
        return types;
    }

    private static String escaped(String name) {
        return name.replace("%", "%25").replace(" ", "%20");
    }

    /** What {@link #beside} is called; empty for a load that needs none. */
    public static Optional<TableName> besideName(Load load) {
        History history = load.history();
        boolean needed = history != null
                && (history.byDefault() == Type.BESIDE || history.columns().containsValue(Type.BESIDE));
        return needed ? Optional.of(beside(load.table())) : Optional.empty();
    }

    private static TableName beside(TableName table) {
        return new TableName(table.schema(), table.table() + "_history");
    }

    /**
     * The table that keeps the versions of type 4 columns: the keys and these, {@code valid_at} as a timestamp in UTC, and
     * the interval. Empty where there is no such column.
     */
    public Optional<HistoryTable> beside() {
        List<Field> kept = of(Type.BESIDE);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        History.Names names = history.names();
        History own = new History(
                Type.VERSION,
                Map.of(),
                history.validAt(),
                history.deletes() == Deletes.CLOSE ? Deletes.CLOSE : Deletes.IGNORE,
                new History.Names(names.from(), names.to(), null, names.deleted(), null),
                history.openEnd());
        Load load = new Load(
                beside(this.load.table()),
                Strategy.MERGE,
                this.load.mergeKeys(),
                List.of(),
                this.load.deletes(),
                this.load.deletedColumn(),
                null,
                List.of(),
                this.load.schemaChanges(),
                Load.Breaker.NONE,
                this.load.audit(),
                null,
                null,
                own);
        List<Field> fields = new ArrayList<>(keys());
        fields.addAll(kept);
        if (history.validAt() != null) {
            fields.add(new Field(history.validAt(), INSTANT));
        }
        return Optional.of(new HistoryTable(load, own, new Schema(fields)));
    }

    /** The columns that tell the rows of the table apart. */
    public List<String> rowKey() {
        return load.uniqueKey();
    }
}
