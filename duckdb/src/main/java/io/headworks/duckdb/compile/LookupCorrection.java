package io.headworks.duckdb.compile;

import io.headworks.api.engine.Relation;
import io.headworks.api.history.Corrections;
import io.headworks.api.load.Load;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Facts that are loaded already, looked up again. */
public final class LookupCorrection {
    private static final String FACTS = "_hw_facts";
    private static final String VERSIONS = "_hw_versions";
    private static final String RECENT = DuckSql.name("_hw_recent");
    private static final String LOST = DuckSql.name("_hw_lost");

    private final Load facts;
    private final Lookup lookup;
    private final Sought sought;
    private final LookupMatch match;
    private final Schema columns;

    /**
     * What facts would be now.
     *
     * @param rows of the facts, at least those of some keys
     * @param facts how they are loaded
     * @param versions at least all rows of these keys
     * @param dimension how those are loaded
     */
    public LookupCorrection(Relation rows, Load facts, Lookup lookup, Relation versions, Load dimension) {
        this.facts = facts;
        this.lookup = lookup;
        this.columns = own(rows.schema(), facts);
        String what = "correct " + facts.table() + " by " + lookup.table();
        this.sought = new Sought(
                lookup, new Shape(FACTS, columns, List.of()), new Reference(what, lookup.table(), versions, dimension));
        this.match = new LookupMatch(sought);
    }

    private static Schema own(Schema schema, Load facts) {
        List<Field> fields = new ArrayList<>(schema.fields());
        Load.AuditColumns audit = facts.audit();
        if (audit != null) {
            fields.removeIf(
                    field -> field.name().equals(audit.run()) || field.name().equals(audit.loadedAt()));
        }
        return new Schema(fields);
    }

    /** The keys of a dimension under the names of the columns that seek them. */
    public static Relation seeking(Lookup lookup, Relation keys) {
        Map<String, Field> fields = new LinkedHashMap<>();
        lookup.match()
                .forEach((own, theirs) -> fields.put(
                        own,
                        new Field(own, keys.schema().field(theirs).orElseThrow().type())));
        String select = lookup.match().entrySet().stream()
                .map(pair -> "k." + DuckSql.name(pair.getValue()) + " AS " + DuckSql.name(pair.getKey()))
                .collect(Collectors.joining(", "));
        return new Relation(
                "SELECT " + select + " FROM (" + keys.sql() + ") AS k",
                new Schema(List.copyOf(fields.values())),
                List.of());
    }

    /**
     * Finds them.
     *
     * @param table a name for a temporary table of the session's
     * @param since the time of the oldest fact that is corrected
     */
    public Corrections find(SqlRunner sql, String table, Relation rows, Instant since) {
        String kept = "temp.main." + DuckSql.name(table);
        sql.execute("CREATE TEMPORARY TABLE " + kept + " AS " + select(rows, since));
        Relation corrected = new Relation(
                "SELECT " + DuckSql.names(columns.names()) + " FROM " + kept + " WHERE " + RECENT + " AND NOT " + LOST,
                columns,
                List.of());
        return new Corrections(
                corrected,
                count(sql, kept, RECENT + " AND NOT " + LOST),
                count(sql, kept, "NOT " + RECENT),
                count(sql, kept, RECENT + " AND " + LOST));
    }

    private static long count(SqlRunner sql, String from, String condition) {
        return sql.number("SELECT count(*) FROM " + from + " WHERE " + condition);
    }

    private String select(Relation rows, Instant since) {
        Map<String, String> now = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, String> taken : lookup.take().entrySet()) {
            Field stored = sought.input().column(sought.what() + ":", taken.getKey());
            String value = "CAST(" + match.value(sought.other().column(taken.getValue())) + " AS "
                    + DuckTypes.spelling(stored.type()) + ")";
            now.put(stored.name(), value);
            others.add("i." + DuckSql.name(stored.name()) + " IS DISTINCT FROM " + value);
        }
        String list = columns.names().stream()
                .map(name -> now.getOrDefault(name, "i." + DuckSql.name(name)) + " AS " + DuckSql.name(name))
                .collect(Collectors.joining(", "));
        boolean givesNothing = lookup.mayReject();
        String lost = givesNothing ? "NOT (" + match.match().found() + ")" : "false";
        return "WITH " + OperationCompiler.cte(FACTS, rows.sql()) + ",\n"
                + OperationCompiler.cte(VERSIONS, match.match().gathered()) + "\nSELECT " + list + ", coalesce("
                + match.instant() + " >= " + LookupMatch.literal(since) + ", false) AS " + RECENT + ", " + lost + " AS "
                + LOST + "\nFROM " + DuckSql.name(FACTS) + " AS i\n" + match.join(VERSIONS) + "\nWHERE "
                + Assertion.unless(match.match().many(), match.match().complaint(), sought.input()) + "\n  AND ("
                + String.join(" OR ", others) + ")";
    }
}
