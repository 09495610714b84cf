package io.headworks.duckdb.history;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.load.History;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code missing: infer}: rows of a table with history for keys that a look-up seeks and does not find. */
public final class MemberInference {
    private final Lookup lookup;
    private final Relation table;
    private final Load load;
    private final History history;

    private MemberInference(Lookup lookup, Relation table, Load load, History history) {
        this.lookup = lookup;
        this.table = table;
        this.load = load;
        this.history = history;
    }

    /**
     * What a look-up would infer, and whether it can.
     *
     * @param input the columns that seek
     * @param table the rows that are there
     * @param load how they are written; null where nobody knows
     * @throws HeadworksException of kind PROJECT with every reason against it
     */
    public static MemberInference of(Lookup lookup, Schema input, Relation table, @Nullable Load load) {
        History history = load == null ? null : load.history();
        if (load == null || history == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot infer members of " + lookup.table() + ": "
                            + (load == null ? "no pipeline of this project writes it" : "it keeps no history"),
                    "write its pipeline with load: {strategy: merge, scd: 1} (or 2), or say missing: unknown");
        }
        MemberInference inference = new MemberInference(lookup, table, load, history);
        List<String> refusals = inference.refusals(input);
        if (!refusals.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot infer members of " + lookup.table() + ": " + String.join("; ", refusals),
                    "correct match, cast the columns before the look-up, or say missing: unknown");
        }
        return inference;
    }

    private List<String> refusals(Schema input) {
        List<String> refusals = new ArrayList<>();
        if (!new HashSet<>(lookup.match().values()).equals(new HashSet<>(load.mergeKeys()))) {
            refusals.add("match must name its merge_keys (" + String.join(", ", load.mergeKeys()) + ") and no others");
        }
        lookup.match().forEach((own, theirs) -> {
            DataType wanted = column(theirs).type();
            input.field(own)
                    .filter(field -> !field.type().equals(wanted)
                            && !(field.type().isInteger() && wanted.isInteger())
                            && !(field.type().isText() && wanted.isText()))
                    .ifPresent(field ->
                            refusals.add("key " + own + " is " + field.type() + ", and " + theirs + " is " + wanted));
        });
        Map<String, String> known = values();
        table.schema().fields().stream()
                .filter(field -> !field.nullable() && !known.containsKey(field.name()))
                .forEach(field -> refusals.add("nothing is known of its column " + field.name()
                        + ", which may not be NULL (ALTER TABLE " + load.table() + " ALTER COLUMN " + field.name()
                        + " DROP NOT NULL)"));
        return refusals;
    }

    private Field column(String name) {
        return table.schema()
                .field(name)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot infer members of " + lookup.table() + ": it has no column " + name + " (columns: "
                                + table.schema() + ")"));
    }

    /** The members that rows seek and the table lacks, in temporary tables of the session. */
    public Found find(SqlRunner sql, String name, Relation input) {
        String members = "temp.main." + DuckSql.name(name);
        String columns = table.schema().fields().stream()
                .map(field -> "CAST(" + values().getOrDefault(field.name(), "NULL") + " AS "
                        + DuckTypes.spelling(field.type()) + ") AS " + DuckSql.name(field.name()))
                .collect(Collectors.joining(", "));
        sql.execute("CREATE TEMPORARY TABLE " + members + " AS SELECT " + columns + " FROM (" + sought(input)
                + ") AS k ANTI JOIN (" + table.sql() + ") AS d ON " + same(load.mergeKeys(), "k", "d"));
        refuseReserved(sql, members);
        List<Field> written = new ArrayList<>(table.schema().fields());
        Load.AuditColumns audit = load.audit();
        if (audit != null) {
            written.removeIf(
                    field -> field.name().equals(audit.run()) || field.name().equals(audit.loadedAt()));
        }
        Schema schema = new Schema(written);
        Relation rows = new Relation("SELECT " + DuckSql.names(schema.names()) + " FROM " + members, schema, List.of());
        String all = DuckSql.names(table.schema().names());
        Relation together = new Relation(
                "SELECT " + all + " FROM (" + table.sql() + ") UNION ALL SELECT " + all + " FROM " + members,
                table.schema(),
                List.of());
        return new Found(
                sql.number("SELECT count(*) FROM " + members) == 0 ? null : new InferredMembers(load, rows), together);
    }

    /**
     * What was found.
     *
     * @param members null where none is missing
     * @param table the rows of the table and the members with them
     */
    public record Found(@Nullable InferredMembers members, Relation table) {}

    /** Rows that would not find a member if it were there, infer none: a NULL key, a time that is not told. */
    private String sought(Relation input) {
        List<String> conditions = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        lookup.match().forEach((own, theirs) -> {
            keys.add("CAST(i." + DuckSql.name(own) + " AS "
                    + DuckTypes.spelling(column(theirs).type()) + ") AS " + DuckSql.name(theirs));
            conditions.add("i." + DuckSql.name(own) + " IS NOT NULL");
        });
        String asOf = lookup.asOf();
        if (asOf != null && input.schema().has(asOf)) {
            conditions.add("i." + DuckSql.name(asOf) + " >= " + beginning());
        }
        if (input.carries(HiddenColumns.OP)) {
            conditions.add("i." + DuckSql.name(HiddenColumns.OP) + " IS DISTINCT FROM 'delete'");
        }
        return "SELECT DISTINCT " + String.join(", ", keys) + " FROM (" + input.sql() + ") AS i WHERE "
                + String.join(" AND ", conditions);
    }

    /** What is known of a member, by column. */
    private Map<String, String> values() {
        Layout layout = new Layout(HistoryTable.of(load, table.schema()));
        Map<String, String> values = new LinkedHashMap<>();
        load.mergeKeys().forEach(key -> values.put(key, "k." + DuckSql.name(key)));
        boolean versions = history.keepsVersions();
        String surrogate = history.names().surrogate();
        if (surrogate != null) {
            values.put(surrogate, Surrogate.sql(layout, "k", versions ? beginning() : null));
        }
        if (versions) {
            values.put(history.names().from(), beginning());
            values.put(history.names().to(), layout.openEnd());
            if (history.names().current() != null) {
                values.put(history.names().current(), "true");
            }
        }
        if (history.marks()) {
            values.put(history.names().deleted(), "false");
        }
        values.put(HistoryTable.TRACKED, DuckSql.text(HistoryTable.INFERRED));
        return values;
    }

    /** See {@link io.headworks.api.history.HistoryEngine#unwritten}. */
    public static Relation unwritten(SqlRunner sql, String name, InferredMembers members, Relation stored) {
        Load load = members.dimension();
        String known = "temp.main." + DuckSql.name(name);
        sql.execute("CREATE TEMPORARY TABLE " + known + " AS SELECT " + DuckSql.names(load.uniqueKey()) + " FROM ("
                + stored.sql() + ") AS s");
        String rows = "(" + members.rows().sql() + ") AS m";
        long met = sql.number("SELECT count(*) FROM " + rows + " SEMI JOIN " + known + " AS s ON "
                + same(load.mergeKeys(), "m", "s"));
        long same = sql.number("SELECT count(*) FROM " + rows + " SEMI JOIN " + known + " AS s ON "
                + same(load.uniqueKey(), "m", "s"));
        if (met != same) {
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot infer members of " + load.table() + ": rows of " + (met - same)
                            + " of their keys came between the look-up and the load",
                    "run it again: it will find them");
        }
        return new Relation(
                "SELECT m.* FROM " + rows + " ANTI JOIN " + known + " AS s ON " + same(load.mergeKeys(), "m", "s"),
                members.rows().schema(),
                List.of());
    }

    private static String same(List<String> columns, String left, String right) {
        return columns.stream()
                .map(DuckSql::name)
                .map(column -> left + "." + column + " = " + right + "." + column)
                .collect(Collectors.joining(" AND "));
    }

    static String beginning() {
        return "TIMESTAMP '" + HistoryTable.BEGINNING.toString().replace('T', ' ') + ":00'";
    }

    private void refuseReserved(SqlRunner sql, String members) {
        String surrogate = history.names().surrogate();
        if (surrogate != null
                && sql.number("SELECT count(*) FROM " + members + " WHERE " + DuckSql.name(surrogate) + " = "
                                + HistoryTable.UNKNOWN)
                        > 0) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot infer a member of " + lookup.table() + ": its " + surrogate + " would be "
                            + HistoryTable.UNKNOWN + ", that of the unknown member");
        }
    }
}
