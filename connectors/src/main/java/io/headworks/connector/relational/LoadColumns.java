package io.headworks.connector.relational;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.MatchedColumns;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Widening;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of a load, as SQL names them in the table {@code t} and the batch {@code b}. */
public final class LoadColumns {
    private final Database database;
    private final LoadRequest request;
    private final MatchedColumns<TargetColumn> matched;
    private final List<Pair> data = new ArrayList<>();

    /**
     * A column of the table and the batch's column that fills it.
     *
     * @param cell its name in the batch's temporary table
     */
    public record Pair(TargetColumn column, Field delivered, String cell) {
        /** Quoted. */
        public String name() {
            return column.sql();
        }

        /** In the table {@code t}, the batch {@code b}. */
        String in(String alias) {
            return alias + "." + (alias.equals("t") ? name() : cell);
        }
    }

    LoadColumns(Database database, LoadRequest request, TargetTable table) {
        this.database = database;
        this.request = request;
        this.matched = new MatchedColumns<>(request, table.columns());
        for (MatchedColumns.Pair<TargetColumn> pair : matched.data()) {
            proveFit(pair);
            data.add(new Pair(pair.column(), pair.delivered(), "c" + data.size()));
        }
    }

    private void proveFit(MatchedColumns.Pair<TargetColumn> pair) {
        Field field = pair.delivered();
        database.spelling().declared(field.type(), pair.column().stored());
        DataType type = pair.column().type();
        boolean text = type == Simple.TEXT && field.type() instanceof DataType.Bounded;
        DataType stored = database.spelling().storedAs(field.type());
        if (type != null && !text && !Widening.holds(type, field.type()) && !Widening.holds(type, stored)) {
            throw matched.unfit(pair);
        }
        String unfit = database.unfit(pair.column(), field);
        if (unfit != null) {
            throw refused(unfit);
        }
    }

    HeadworksException refused(String why) {
        return matched.refused(why);
    }

    public Strategy strategy() {
        return request.load().strategy();
    }

    /** True when the rows written may be asked for. */
    public boolean isInspected() {
        return request.inspected();
    }

    /** In the order of the table's columns. */
    public List<Pair> data() {
        return data;
    }

    /** The column a strategy needs by name. */
    Pair named(String name, String role) {
        return data.get(matched.position(name, role));
    }

    public List<Pair> keys() {
        return matched.keys().stream().map(data::get).toList();
    }

    List<Pair> orderBy() {
        return matched.orderBy().stream().map(data::get).toList();
    }

    @Nullable
    String markName() {
        TargetColumn mark = matched.mark();
        return mark == null ? null : mark.sql();
    }

    /** All columns that are written, quoted: data, then the mark, then audit columns. */
    public List<String> written() {
        return matched.written().stream().map(TargetColumn::sql).toList();
    }

    /** Values for {@link #written} after those of the data: the mark, the run's number, and its time. */
    public List<String> others(boolean marked) {
        return matched.others(marked, database.spelling().instant(request.loadedAt()));
    }

    /** The audit column that holds the run's number. */
    public Optional<TargetColumn> runColumn() {
        return Optional.ofNullable(matched.run());
    }

    /** True for the columns that the content hash covers: the data and the mark. */
    public boolean isHashed(TargetColumn column) {
        return column.equals(matched.mark())
                || data.stream().anyMatch(pair -> pair.column().equals(column));
    }

    /** The run's number where the table has a column for it. */
    public @Nullable Long runStamp() {
        return matched.run() == null ? null : request.runNumber();
    }

    /** The load's time where the table has a column for it. */
    public @Nullable Instant timeStamp() {
        return matched.loadedAt() == null ? null : request.loadedAt();
    }

    /** True when the table has a column, a boolean, that marks deleted rows. */
    public boolean marks() {
        return matched.mark() != null;
    }

    /** True when the columns of the stamps, where there are any, have these types. */
    public boolean stampTypes(DataType ofRun, DataType ofTime) {
        TargetColumn run = matched.run();
        TargetColumn loadedAt = matched.loadedAt();
        return (run == null || ofRun.equals(run.type())) && (loadedAt == null || ofTime.equals(loadedAt.type()));
    }

    public String insertList() {
        return String.join(", ", written());
    }

    /** The data and the mark: what the content hash covers. */
    String hashed() {
        return Stream.concat(data.stream().map(Pair::name), Stream.ofNullable(markName()))
                .map(name -> "t." + name)
                .collect(Collectors.joining(", "));
    }
}
