package io.headworks.duckdb.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.check.RelationFacts.Access;
import io.headworks.duckdb.check.RelationFacts.ColumnFacts;
import io.headworks.duckdb.sql.Datasets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans as golden files; -Dgolden.write=true rewrites them. */
class CheckPlannerTest {
    private static final Path GOLDEN = Path.of("src/test/resources/check-plans");

    private static final Schema SCHEMA = new Schema(List.of(
            new Field("id", DataType.BIGINT),
            new Field("line", DataType.Simple.INT32),
            new Field("status", DataType.TEXT),
            new Field("email", DataType.TEXT),
            new Field("customer", DataType.Simple.INT32),
            new Field("amount", new DataType.Decimal(18, 2)),
            new Field("updated_at", DataType.TIMESTAMP)));
    private static final Relation ORDERS = new Relation("SELECT * FROM orders", SCHEMA, List.of());
    private static final Relation CUSTOMERS = new Relation(
            "SELECT * FROM customers", new Schema(List.of(new Field("id", DataType.Simple.INT32))), List.of());

    private static final Map<String, ColumnFacts> STATISTICS = Map.of(
            "id", new ColumnFacts(9_800_000, "1", "10000000"),
            "line", new ColumnFacts(12, "1", "12"),
            "status", new ColumnFacts(4, "closed", "shipped"),
            "email", new ColumnFacts(4_000_000, "a", "z"),
            "customer", new ColumnFacts(7000, "1", "8000"));

    private static final Datasets DATASETS = new Datasets() {
        @Override
        public Optional<Relation> find(DatasetName name) {
            return name.toString().equals("customers") ? Optional.of(CUSTOMERS) : Optional.empty();
        }

        @Override
        public Optional<Relation> findWritten(String nameAsWritten) {
            return Optional.empty();
        }
    };

    private static List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        add(checks, new Rule.NotNull(List.of("id", "amount")), null);
        add(checks, new Rule.Range("amount", "0", "1000000", false, true), null);
        add(checks, new Rule.Range("amount", "10", null, false, false), "status = 'paid'");
        add(checks, new Rule.Accepted("status", List.of("pending", "paid", "shipped", "closed")), null);
        add(checks, new Rule.Pattern("status", "[a-z]+"), null);
        add(checks, new Rule.Pattern("email", "[^@]+@[^@]+"), null);
        add(checks, new Rule.Unique(List.of("id")), null);
        add(checks, new Rule.Unique(List.of("email")), null);
        add(checks, new Rule.Unique(List.of("customer", "line")), "status <> 'closed'");
        add(checks, new Rule.References(List.of("customer"), DatasetName.parse("customers"), List.of("id")), null);
        add(checks, new Rule.Freshness("updated_at", Duration.ofHours(2)), null);
        add(checks, new Rule.Distribution("status", new BigDecimal("0.6"), List.of()), null);
        add(checks, new Rule.Volume(1L, null, null, null, true), null);
        add(checks, new Rule.ColumnType("amount", new DataType.Decimal(18, 2)), null);
        add(checks, new Rule.RowSql("select * from {{ table }} where updated_at > placed_at"), null);
        add(checks, new Rule.NotNull(List.of("nosuch")), null);
        return checks;
    }

    private static void add(List<Check> checks, Rule rule, @Nullable String where) {
        checks.add(
                CheckBench.named(rule.key() + "_" + (checks.size() + 1), rule, where, Threshold.NONE, Threshold.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored", "few", "computed", "touched"})
    void plansAsWritten(String name) throws IOException {
        RelationFacts facts = switch (name) {
            case "few" -> new RelationFacts(Access.STORED, 1000, STATISTICS);
            case "computed" -> RelationFacts.UNKNOWN;
            default -> new RelationFacts(Access.STORED, 10_000_000, STATISTICS);
        };
        Relation table = new Relation("SELECT * FROM all_orders", SCHEMA, List.of());
        CheckScope scope = new CheckScope(ORDERS, name.equals("touched") ? table : null, CheckBench.NOW, 5);
        String plan = CheckPlanner.plan(
                        scope,
                        checks(),
                        DATASETS,
                        facts,
                        (check, rule, rows) -> rule.rows().replace("{{ table }}", "(" + rows.sql() + ")"))
                .toString();
        Path golden = GOLDEN.resolve(name + ".golden");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, plan);
        }
        assertThat(plan).isEqualTo(Files.readString(golden));
    }
}
