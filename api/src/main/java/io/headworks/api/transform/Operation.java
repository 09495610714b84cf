package io.headworks.api.transform;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.secret.Secret;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One named operation of a transform stage. Expressions are SQL texts over the columns of the input. Maps keep the
 * order of the project file.
 */
public sealed interface Operation {

    <R> R accept(Visitor<R> visitor);

    OperationKind kind();

    /** The key that names this operation in project files. */
    default String key() {
        return kind().key();
    }

    /** What may not take away a row does so where it may reject one. */
    default RowLaw rowLaw() {
        return mayReject() ? RowLaw.REDUCING : kind().rowLaw();
    }

    /** True when rows may go to the dead letter here. */
    default boolean mayReject() {
        return kind().rejects();
    }

    /** One row per key: the latest or earliest by {@code by}, or an error when there are two. */
    record Dedupe(List<String> keys, Keep keep, List<String> by) implements Operation {
        public enum Keep {
            LATEST,
            EARLIEST,
            REFUSE
        }

        public Dedupe {
            keys = List.copyOf(keys);
            by = List.copyOf(by);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.DEDUPE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dedupe(this);
        }
    }

    /** White space removed at both ends of text columns. */
    record Trim(List<String> columns) implements Operation {
        public Trim {
            columns = List.copyOf(columns);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.TRIM;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.trim(this);
        }
    }

    /** NULL replaced by a value, given as text and read as the column's type. */
    record FillNull(Map<String, String> values) implements Operation {
        public FillNull {
            values = ordered(values);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.FILL_NULL;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fillNull(this);
        }
    }

    /** Columns given another type. A value that does not fit, or would lose digits, meets its policy. */
    record Cast(List<Column> columns) implements Operation {
        public record Column(String name, DataType to, OnError onError, boolean roundingAllowed) {}

        public enum OnError {
            REJECT,
            SET_NULL,
            FAIL
        }

        public Cast {
            columns = List.copyOf(columns);
        }

        @Override
        public boolean mayReject() {
            return columns.stream().anyMatch(column -> column.onError() == OnError.REJECT);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.CAST;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cast(this);
        }
    }

    /** Only rows for which the condition is true. */
    record Filter(String condition) implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.FILTER;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filter(this);
        }
    }

    /** Columns given another name: old to new. */
    record Rename(Map<String, String> names) implements Operation {
        public Rename {
            names = ordered(names);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.RENAME;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rename(this);
        }
    }

    /** These columns only, in this order. */
    record Select(List<String> columns) implements Operation {
        public Select {
            columns = List.copyOf(columns);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.SELECT;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.select(this);
        }
    }

    /** All columns but these. */
    record Drop(List<String> columns) implements Operation {
        public Drop {
            columns = List.copyOf(columns);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.DROP;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.drop(this);
        }
    }

    /** New or replaced columns; all expressions see the input's columns, not one another. */
    record Derive(Map<String, String> expressions) implements Operation {
        public Derive {
            expressions = ordered(expressions);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.DERIVE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.derive(this);
        }
    }

    /** One row per group with aggregates. */
    record Rollup(List<String> by, Map<String, String> take) implements Operation {
        public Rollup {
            by = List.copyOf(by);
            take = ordered(take);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.ROLLUP;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rollup(this);
        }
    }

    /** One row per {@code rows}, one column per value of {@code column} and aggregate of {@code values}. */
    record Pivot(List<String> rows, String column, Map<String, String> values, List<String> among)
            implements Operation {
        public Pivot {
            rows = List.copyOf(rows);
            values = ordered(values);
            among = List.copyOf(among);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.PIVOT;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pivot(this);
        }
    }

    /** New columns from window functions over one partition and order. */
    record Window(List<String> partition, List<String> order, Map<String, String> take) implements Operation {
        public Window {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            take = ordered(take);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.WINDOW;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.window(this);
        }
    }

    /** One row per element of a list column; a row with an empty or NULL list gives no row. */
    record Unnest(String column) implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.UNNEST;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unnest(this);
        }
    }

    /** JSON text columns read as a type; text that does not fit is rejected. */
    record ParseJson(Map<String, DataType> columns) implements Operation {
        public ParseJson {
            columns = ordered(columns);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.PARSE_JSON;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.parseJson(this);
        }
    }

    /** Columns replaced by the hexadecimal hash of salt and value; {@code algorithms} is sha256 or md5 per column. */
    record Hash(Map<String, String> algorithms, @Nullable Secret salt) implements Operation {
        public Hash {
            algorithms = ordered(algorithms);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.HASH;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.hash(this);
        }
    }

    /** Columns partly hidden: last4, first1, email, full. */
    record Mask(Map<String, String> rules) implements Operation {
        public Mask {
            rules = ordered(rules);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.MASK;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.mask(this);
        }
    }

    /** A code replaced by its value; {@code unknown} says what becomes of a code that is not in the list. */
    record MapCodes(
            String column,
            Map<String, String> codes,
            Unknown unknown,
            @Nullable String otherwise) implements Operation {
        public enum Unknown {
            REJECT,
            KEEP,
            SET_NULL,
            VALUE
        }

        public MapCodes {
            codes = ordered(codes);
        }

        @Override
        public boolean mayReject() {
            return unknown == Unknown.REJECT;
        }

        @Override
        public OperationKind kind() {
            return OperationKind.MAP_CODES;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.mapCodes(this);
        }
    }

    /**
     * Naive local timestamps turned into UTC instants; column to zone name. A local time that the clocks skipped, or
     * showed twice, is rejected.
     */
    record ToUtc(Map<String, String> zones) implements Operation {
        public ToUtc {
            zones = ordered(zones);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.TO_UTC;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.toUtc(this);
        }
    }

    /**
     * An amount in another currency: by the latest rate at or before {@code at}. {@code from} is a column of currency
     * codes. A missing rate is rejected. The rates are a dataset with from_currency, to_currency, valid_from and rate: one
     * unit of from_currency is worth {@code rate} units of to_currency.
     */
    record ConvertCurrency(String column, String from, String to, DatasetName rates, String at, String into)
            implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.CONVERT_CURRENCY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.convertCurrency(this);
        }
    }

    /**
     * Columns taken from another dataset. {@code match} is own column to the other's; {@code take} is new name to the
     * other's column; two matches are an error.
     * {@code asOf} is a column of the input, "now", or null on a table without history.
     */
    record Lookup(
            DatasetName table,
            Map<String, String> match,
            @Nullable String asOf,
            Map<String, String> take,
            Missing missing,
            @Nullable Duration rekey)
            implements Operation {
        public enum Missing {
            KEEP,
            UNKNOWN,
            INFER,
            REJECT
        }

        public Lookup {
            match = ordered(match);
            take = ordered(take);
        }

        @Override
        public boolean mayReject() {
            return missing == Missing.REJECT || missing == Missing.INFER;
        }

        @Override
        public OperationKind kind() {
            return OperationKind.LOOKUP;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.lookup(this);
        }
    }

    /** A SELECT of the user's own; {@code {{ input }}} is the previous stage. {@code file} is where it stands. */
    record Sql(String file, String text, String dialect) implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.SQL;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sql(this);
        }
    }

    /**
     * Rows that do not fit the columns a table has go to the dead letter; what is left has the table's columns and types.
     * The planner's own operation ({@code load.schema_changes: discard-row}); no stage names it.
     *
     * @param retyped columns whose type the table does not hold, with the table's type
     * @param unknown columns that the table does not have: a value in one is refused, and they end here
     */
    record FitTable(TableName table, List<Field> retyped, List<String> unknown) implements Operation {
        public FitTable {
            retyped = List.copyOf(retyped);
            unknown = List.copyOf(unknown);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.SCHEMA_CHANGES;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fitTable(this);
        }
    }

    /** One method per operation, so that a new one does not compile until everybody handles it. */
    interface Visitor<R> {
        R dedupe(Dedupe dedupe);

        R trim(Trim trim);

        R fillNull(FillNull fillNull);

        R cast(Cast cast);

        R filter(Filter filter);

        R rename(Rename rename);

        R select(Select select);

        R drop(Drop drop);

        R derive(Derive derive);

        R rollup(Rollup rollup);

        R pivot(Pivot pivot);

        R window(Window window);

        R unnest(Unnest unnest);

        R parseJson(ParseJson parseJson);

        R hash(Hash hash);

        R mask(Mask mask);

        R mapCodes(MapCodes mapCodes);

        R toUtc(ToUtc toUtc);

        R convertCurrency(ConvertCurrency convertCurrency);

        R lookup(Lookup lookup);

        R sql(Sql sql);

        R fitTable(FitTable fit);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
