package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.transform.Operation.Dedupe;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.transform.Operation.MapCodes;
import io.headworks.api.transform.Operation.Rollup;
import io.headworks.api.transform.Operation.Window;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.compile.SlowTable.Kind;
import io.headworks.duckdb.compile.SlowTable.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The simple operations as anyone would write them row by row. Expressions are looked up by their text. */
final class SlowOperations {
    private final Map<String, Function<Row, @Nullable Object>> expressions;
    private final Map<Long, String> names;

    SlowOperations(Map<String, Function<Row, @Nullable Object>> expressions, Map<Long, String> names) {
        this.expressions = expressions;
        this.names = names;
    }

    SlowTable apply(SlowTable table, Operation operation) {
        if (operation instanceof Operation.Trim trim) {
            return each(
                    table,
                    row -> row.with(trim.columns().get(0), trimmed((String)
                            row.get(trim.columns().get(0)))));
        } else if (operation instanceof Operation.FillNull fill) {
            return fill(table, fill);
        } else if (operation instanceof Cast cast) {
            return cast(table, cast.columns().get(0));
        } else if (operation instanceof Operation.Filter filter) {
            Function<Row, @Nullable Object> condition = expression(filter.condition());
            return new SlowTable(
                    table.columns(),
                    table.rows().stream()
                            .filter(row -> row.code() != null || Boolean.TRUE.equals(condition.apply(row)))
                            .toList());
        } else if (operation instanceof Operation.Rename rename) {
            return renamed(table, rename.names());
        } else if (operation instanceof Operation.Select select) {
            return selected(table, select.columns());
        } else if (operation instanceof Operation.Drop drop) {
            return selected(
                    table,
                    table.columns().keySet().stream()
                            .filter(column -> !drop.columns().contains(column))
                            .toList());
        } else if (operation instanceof Operation.Derive derive) {
            return derive(table, derive.expressions());
        } else if (operation instanceof Dedupe dedupe) {
            return dedupe(table, dedupe);
        } else if (operation instanceof MapCodes map) {
            return mapCodes(table, map);
        } else if (operation instanceof Lookup lookup) {
            return lookup(table, lookup);
        } else if (operation instanceof Window window) {
            return window(table, window);
        } else if (operation instanceof Rollup rollup) {
            return rollup(table, rollup);
        }
        throw new IllegalArgumentException("no slow form of " + operation);
    }

    private Function<Row, @Nullable Object> expression(String text) {
        return Objects.requireNonNull(expressions.get(text));
    }

    private static SlowTable each(SlowTable table, UnaryOperator<Row> change) {
        return new SlowTable(table.columns(), table.rows().stream().map(change).toList());
    }

    private static @Nullable String trimmed(@Nullable String text) {
        return text == null ? null : text.strip();
    }

    private static SlowTable fill(SlowTable table, Operation.FillNull fill) {
        String column = fill.values().keySet().iterator().next();
        String text = fill.values().values().iterator().next();
        Object value = switch (kind(table, column)) {
            case TEXT -> text;
            case BIGINT -> Long.valueOf(text);
            case DECIMAL -> new BigDecimal(text).setScale(2);
        };
        return each(table, row -> row.get(column) == null ? row.with(column, value) : row);
    }

    private static Kind kind(SlowTable table, String column) {
        return Objects.requireNonNull(table.columns().get(column));
    }

    private static SlowTable cast(SlowTable table, Cast.Column cast) {
        Kind to = cast.to() == DataType.TEXT ? Kind.TEXT : cast.to() == DataType.BIGINT ? Kind.BIGINT : Kind.DECIMAL;
        List<Row> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            Object value = row.get(cast.name());
            Object converted = value == null ? null : converted(value, to);
            Row changed = row.with(cast.name(), converted);
            boolean lost = value != null && converted == null;
            rows.add(lost && cast.onError() == Cast.OnError.REJECT ? changed.rejected("cast") : changed);
        }
        return table.withColumn(cast.name(), to, rows);
    }

    private static @Nullable Object converted(Object value, Kind to) {
        if (to == Kind.TEXT) {
            return value.toString();
        }
        BigDecimal number = number(value, to == Kind.BIGINT ? "0*" : "\\d*");
        if (number == null) {
            return null;
        }
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        if (to == Kind.BIGINT) {
            return whole && number.toBigInteger().bitLength() < 64 ? number.longValue() : null;
        }
        boolean fits = number.stripTrailingZeros().scale() <= 2 && number.abs().compareTo(BigDecimal.TEN.pow(16)) < 0;
        return fits ? number.setScale(2) : null;
    }

    private static @Nullable BigDecimal number(Object value, String behindThePoint) {
        if (value instanceof Long integer) {
            return BigDecimal.valueOf(integer);
        } else if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        String text = ((String) value).replaceAll("^ +| +$", "");
        return text.matches("[+-]?(\\d+(\\." + behindThePoint + ")?)") ? new BigDecimal(text) : null;
    }

    private static SlowTable renamed(SlowTable table, Map<String, String> names) {
        Map<String, Kind> columns = new LinkedHashMap<>();
        table.columns().forEach((column, kind) -> columns.put(names.getOrDefault(column, column), kind));
        return new SlowTable(
                columns,
                table.rows().stream()
                        .map(row -> {
                            Map<String, @Nullable Object> values = new LinkedHashMap<>();
                            table.columns()
                                    .keySet()
                                    .forEach(column -> values.put(names.getOrDefault(column, column), row.get(column)));
                            return new Row(row.seq(), values, row.code());
                        })
                        .toList());
    }

    private static SlowTable selected(SlowTable table, List<String> names) {
        Map<String, Kind> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, kind(table, name)));
        return new SlowTable(columns, table.rows());
    }

    private SlowTable derive(SlowTable table, Map<String, String> derived) {
        Map<String, Kind> columns = new LinkedHashMap<>(table.columns());
        derived.forEach((column, text) -> columns.put(column, text.contains("||") ? Kind.TEXT : Kind.BIGINT));
        return new SlowTable(
                columns,
                table.rows().stream()
                        .map(row -> {
                            Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
                            derived.forEach((column, text) ->
                                    values.put(column, expression(text).apply(row)));
                            return new Row(row.seq(), values, row.code());
                        })
                        .toList());
    }

    private static SlowTable dedupe(SlowTable table, Dedupe dedupe) {
        boolean latest = dedupe.keep() == Dedupe.Keep.LATEST;
        Comparator<Row> arrival = Comparator.comparingLong(Row::seq);
        Comparator<Row> best = latest ? arrival.reversed() : arrival;
        for (int i = dedupe.by().size() - 1; i >= 0; i--) {
            String by = dedupe.by().get(i);
            Comparator<Row> last = best;
            Comparator<Row> first = (a, b) -> compare(a.get(by), b.get(by), latest);
            best = first.thenComparing(last);
        }
        Map<List<Object>, Row> winners = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            List<Object> key = new ArrayList<>();
            dedupe.keys().stream().map(row::get).filter(Objects::nonNull).forEach(key::add);
            if (row.code() != null || key.size() < dedupe.keys().size()) {
                rows.add(row);
            } else {
                Row other = winners.get(key);
                winners.put(key, other == null || best.compare(row, other) < 0 ? row : other);
            }
        }
        rows.addAll(winners.values());
        return new SlowTable(table.columns(), rows);
    }

    /** NULL last in both directions; text by its bytes. */
    private static int compare(@Nullable Object a, @Nullable Object b, boolean down) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? 1 : -1;
        }
        int order;
        if (a instanceof String text) {
            order = Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
        } else {
            order = new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
        }
        return down ? -order : order;
    }

    private static SlowTable mapCodes(SlowTable table, MapCodes map) {
        List<Row> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            Object value = row.get(map.column());
            if (value == null || map.codes().containsKey(value.toString())) {
                rows.add(row.with(
                        map.column(), value == null ? null : map.codes().get(value.toString())));
            } else {
                Object unknown = switch (map.unknown()) {
                    case KEEP -> value.toString();
                    case VALUE -> map.otherwise();
                    case REJECT, SET_NULL -> null;
                };
                Row changed = row.with(map.column(), unknown);
                rows.add(map.unknown() == MapCodes.Unknown.REJECT ? changed.rejected("unknown-code") : changed);
            }
        }
        return table.withColumn(map.column(), Kind.TEXT, rows);
    }

    private SlowTable lookup(SlowTable table, Lookup lookup) {
        String own = lookup.match().keySet().iterator().next();
        String taken = lookup.take().keySet().iterator().next();
        List<Row> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            Object key = row.get(own);
            String found = key == null ? null : names.get((Long) key);
            Row changed = row.with(taken, found);
            boolean reject = found == null && lookup.missing() == Lookup.Missing.REJECT;
            rows.add(reject ? changed.rejected("no-match") : changed);
        }
        return table.withColumn(taken, Kind.TEXT, rows);
    }

    private static SlowTable window(SlowTable table, Window window) {
        String taken = window.take().keySet().iterator().next();
        List<Row> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            long before = table.rows().stream()
                    .filter(other -> (other.code() == null) == (row.code() == null))
                    .filter(other -> window.partition().stream()
                            .allMatch(column -> Objects.equals(other.get(column), row.get(column))))
                    .filter(other -> isBefore(other, row, window.order().get(0)))
                    .count();
            rows.add(row.with(taken, before + 1));
        }
        return table.withColumn(taken, Kind.BIGINT, rows);
    }

    private static boolean isBefore(Row other, Row row, String order) {
        int compared = compare(other.get(order), row.get(order), false);
        return compared < 0 || (compared == 0 && other.seq() < row.seq());
    }

    private static SlowTable rollup(SlowTable table, Rollup rollup) {
        String by = rollup.by().get(0);
        Map<@Nullable Object, BigInteger> counts = new LinkedHashMap<>();
        table.rows().stream()
                .filter(row -> row.code() == null)
                .forEach(row -> counts.merge(row.get(by), BigInteger.ONE, BigInteger::add));
        Map<String, Kind> columns = new LinkedHashMap<>();
        columns.put(by, kind(table, by));
        columns.put("n", Kind.BIGINT);
        List<Row> rows = new ArrayList<>();
        counts.forEach((value, count) -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put(by, value);
            values.put("n", count.longValue());
            rows.add(new Row(0, values, null));
        });
        return new SlowTable(columns, rows);
    }
}
