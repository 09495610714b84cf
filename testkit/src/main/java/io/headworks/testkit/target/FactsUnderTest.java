package io.headworks.testkit.target;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.load.HistoryLoading;
import io.headworks.core.load.MemberLoading;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of facts, each with the surrogate of a customer as of its time. */
final class FactsUnderTest {
    private static final TableName NAME = new TableName(null, "facts");
    private static final Schema COLUMNS = new Schema(List.of(
            new Field("fact", DataType.BIGINT), new Field("id", DataType.TEXT), new Field("at", DataType.TIMESTAMP)));

    private final TargetLab lab;
    private final HistoryEngine engine;
    private final Load customers;
    private final Lookup lookup;
    private int runs = 500;

    FactsUnderTest(TargetLab lab, Load customers, Lookup.Missing missing) {
        this.lab = lab;
        this.engine = (HistoryEngine) lab.session;
        this.customers = customers;
        this.lookup = new Lookup(
                DatasetName.parse("customers"),
                Map.of("id", "id"),
                "at",
                Map.of("customer_sk", "customer_sk"),
                missing,
                Duration.ofDays(10_000));
    }

    HistoryLoading.Facts asDependants() {
        return new HistoryLoading.Facts(TargetLab.key(NAME).dataset(), load(), lookup);
    }

    /**
     * Facts with what was inferred for them.
     *
     * @param members null where none was missing
     */
    record Inferred(@Nullable InferredMembers members, Relation facts) {}

    /** Facts as {@code 1 a 2024-01-02}: number, customer, day; answers how many members were inferred. */
    long load(String... facts) {
        return write(infer(facts));
    }

    Inferred infer(String... facts) {
        List<List<?>> rows = new ArrayList<>();
        for (String fact : facts) {
            String[] parts = fact.split(" ");
            rows.add(List.of(
                    Long.valueOf(parts[0]), parts[1], LocalDate.parse(parts[2]).atStartOfDay()));
        }
        engine.bind(lookup.table(), lab.target.read(customers.table()), customers);
        Relation input = lab.plain(COLUMNS, rows);
        InferredMembers members = lookup.missing() == Lookup.Missing.INFER ? engine.infer(input, lookup) : null;
        Relation found = engine.materialise("found", engine.apply(input, List.of(lookup)));
        return new Inferred(members, engine.accepted(found));
    }

    private static Load load() {
        return new Load(
                NAME,
                Strategy.UPSERT,
                List.of("fact"),
                List.of(),
                Load.Deletes.IGNORE,
                "",
                null,
                List.of(),
                SchemaPolicy.EVOLVE,
                Breaker.NONE,
                AuditColumns.DEFAULT,
                null,
                null);
    }

    long write(Inferred inferred) {
        runs++;
        List<SchemaChange> changes = changes(inferred.facts().schema());
        Fence fence = lab.take(NAME, runs);
        return write(inferred, changes, fence);
    }

    /** Takes the fence, as a load does before it looks up. */
    Fence take() {
        runs++;
        return lab.take(NAME, runs);
    }

    long write(Inferred inferred, List<SchemaChange> changes, Fence fence) {
        try (LoadTransaction transaction = lab.target.begin(fence, NAME)) {
            transaction.change(changes);
            long members = inferred.members() == null
                    ? 0
                    : new MemberLoading(engine, transaction, inferred.members())
                            .write(TargetLab.key(customers.table()).dataset(), runs, TargetLab.NOW);
            LoadCounts counts = transaction.apply(
                    new LoadRequest(load(), inferred.facts(), true, BatchKind.DELTA, null, runs, TargetLab.NOW));
            transaction.record(TargetLab.ledgerRow(runs, NAME, fence, counts));
            transaction.commit();
            return members;
        }
    }

    private List<SchemaChange> changes(Schema columns) {
        if (lab.target.observe(TargetLab.key(NAME), NAME).schema() != null) {
            return List.of();
        }
        List<Field> fields = new ArrayList<>(columns.fields());
        fields.add(new Field(AuditColumns.DEFAULT.run(), DataType.BIGINT, true));
        fields.add(new Field(AuditColumns.DEFAULT.loadedAt(), DataType.TIMESTAMPTZ, true));
        return List.of(new SchemaChange.CreateTable(new Schema(fields), List.of("fact")));
    }

    /** Of each fact its customer, time and surrogate. */
    List<List<@Nullable Object>> rows() {
        Relation facts = lab.target.read(NAME);
        List<String> names = facts.schema().names();
        return lab.rows(facts).stream()
                .map(row -> {
                    List<@Nullable Object> chosen = new ArrayList<>();
                    for (String column : List.of("id", "at", "customer_sk")) {
                        chosen.add(row.get(names.indexOf(column)));
                    }
                    return chosen;
                })
                .toList();
    }

    /** {@code 1 a}: each fact and the customer whose surrogate it has, in the order of facts. */
    List<String> found(HistoryUnderTest table) {
        Map<Object, Object> keys = new HashMap<>();
        table.rows().forEach(row -> keys.put(row.get("customer_sk"), row.get("id")));
        Relation facts = lab.target.read(NAME);
        int number = facts.schema().names().indexOf("fact");
        int surrogate = facts.schema().names().indexOf("customer_sk");
        return lab.rows(facts).stream()
                .sorted(Comparator.comparing(row -> (Long) row.get(number)))
                .map(row -> row.get(number) + " " + keys.get(row.get(surrogate)))
                .toList();
    }
}
