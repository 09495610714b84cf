package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;
import static io.headworks.core.spec.descriptor.Scalars.TEXT;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contract.Consumer;
import io.headworks.core.spec.Contract.Policy;
import io.headworks.core.spec.Contract.Sla;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.PlainTree;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A contract: what is promised of a table. */
public final class ContractFormat {
    private static final Pattern NUMBERED = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,2}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");

    private static final Key<String> NAME =
            Key.of("name", Scalars.NAMED, "Its name.").mandatory().like("orders");
    private static final Key<String> VERSION = Key.of(
                    "version", TEXT, "Its version. A raised first number announces a breaking change.")
            .mandatory()
            .like("2.1.0");
    private static final Key<String> OWNER = Key.of("owner", TEXT, "Who keeps the promise.");
    private static final Key<String> DESCRIPTION = Key.of("description", TEXT, "What the table is for.");
    private static final Key<DatasetName> TABLE =
            Key.of("table", Names.DATASET_NAME, "The table.").mandatory().like("warehouse:marts.fct_orders");

    private static final Key<String> TEAM =
            Key.of("team", TEXT, "Who they are.").mandatory().like("finance");
    private static final Key<String> CONTACT = Key.of("contact", TEXT, "How to reach them.");
    private static final ObjectKind<Consumer> CONSUMER = ObjectKind.of(
                    "contract consumer",
                    "Somebody who reads the table.",
                    List.of(TEAM, CONTACT),
                    values -> new Consumer(values.get(TEAM), values.find(CONTACT)))
            .shortFor(TEAM);
    private static final Key<List<Consumer>> CONSUMERS = Key.of(
                    "consumers", ListKind.of(CONSUMER), "Who reads the table; plans name them.")
            .like("[finance, {team: ml, contact: ml@example.com}]");

    private static final ScalarKind<Duration> HOURS =
            ScalarKind.of("hours", "a number of hours, as 2 or 0.5", Form.TEXT, ContractFormat::hours);
    private static final Key<Duration> FRESHNESS = Key.of(
                    "freshness_hours", HOURS, "The greatest age of the newest row.")
            .like("2");
    private static final Key<String> FRESHNESS_COLUMN = Key.of(
                    "freshness_column",
                    COLUMN,
                    "The column that says how old a row is. Default: the time of loading that the pipeline writes.")
            .like("updated_at");
    private static final Key<BigDecimal> AVAILABILITY = Key.of(
                    "availability_percent",
                    ScalarKind.of("percentage", "a number from 0 to 100", Form.TEXT, ContractFormat::percent),
                    "How often the table can be read. Documentation: nothing measures it.")
            .like("99.9");
    private static final Key<String> SUPPORT = Key.of("support_hours", TEXT, "When somebody answers. Documentation.")
            .like("business-hours");
    private static final ObjectKind<Sla> SLA = ObjectKind.of(
            "contract sla",
            "The promised level of service.",
            List.of(FRESHNESS, FRESHNESS_COLUMN, AVAILABILITY, SUPPORT),
            values -> new Sla(
                    values.find(FRESHNESS),
                    values.find(FRESHNESS_COLUMN),
                    values.find(AVAILABILITY),
                    values.find(SUPPORT)));
    private static final Key<Sla> LEVEL = Key.of("sla", SLA, "The promised level of service.");

    private static final Key<List<ContractColumnFormat.Draft>> SCHEMA = Key.of(
                    "schema",
                    ListKind.of(ContractColumnFormat.KIND),
                    "The promised columns. The table may have others.")
            .mandatory()
            .like("[{column: order_id, type: bigint, nullable: false}]");

    private static final Key<List<CheckDraft>> TABLE_CHECKS = Key.of(
                    "checks", ListKind.of(CheckFormat.CHECK), "What holds of the table as a whole.")
            .like("[{unique: [order_id, line_no]}]");
    private static final Key<Policy> POLICY = Key.of(
                    "breaking_change_policy",
                    ChoiceKind.of(policies()),
                    "What a breaking change of the published contract needs: a notice of thirty days, a raised major"
                            + " version, or nothing allows it.")
            .like("notify-30-days");
    private static final Key<String> CHANNEL = Key.of(
                    "notification_channel", Names.ALERT_CHANNEL, "The alert channel for notices.")
            .like("data-team");
    private static final Key<Node.Mapping> ODCS = Key.of(
            "odcs",
            FreeKind.MAP,
            "What an imported document of the Open Data Contract Standard said beyond this; it comes out again with"
                    + " hw contract export.");

    private static final List<Key<?>> KEYS = List.of(
            NAME, VERSION, OWNER, DESCRIPTION, TABLE, CONSUMERS, LEVEL, SCHEMA, TABLE_CHECKS, POLICY, CHANNEL, ODCS);

    public static final ObjectKind<Draft> KIND =
            ObjectKind.of("contract", "What is promised of a table.", KEYS, ContractFormat::contract);

    private ContractFormat() {}

    /**
     * A contract before its table is found.
     *
     * @param gates its checks for the pipelines that write the table
     */
    public record Draft(Contract contract, Node tableNode, ContractChecks gates, List<CheckDraft> promises) {
        public Draft {
            promises = List.copyOf(promises);
        }

        /**
         * What it comes to as checks of the whole table, those apart that are written as checks.
         *
         * @param freshnessColumn says how old a row is; null where no column does
         */
        public List<Check> promises(@Nullable String freshnessColumn) {
            List<CheckDraft> all = new ArrayList<>();
            if (!contract.columns().isEmpty()) {
                Map<String, DataType> types = new LinkedHashMap<>();
                contract.columns().forEach(column -> types.put(column.name(), column.type()));
                all.add(promised(new Rule.SchemaIs(types, true), "schema"));
            }
            all.addAll(promises);
            Duration freshness = contract.sla().freshness();
            if (freshness != null && freshnessColumn != null) {
                all.add(promised(new Rule.Freshness(freshnessColumn, freshness), "sla.freshness_hours"));
            }
            return ContractChecks.ofTable(all, new Problems());
        }

        private CheckDraft promised(Rule rule, String what) {
            return ContractChecks.promised(rule, what, tableNode, what);
        }
    }

    private static @Nullable Draft contract(Values values) {
        List<ContractColumnFormat.Draft> columns = values.get(SCHEMA);
        if (!distinct(columns, values) || !versioned(values)) {
            return null;
        }
        List<CheckDraft> written = new ArrayList<>();
        columns.forEach(column -> written.addAll(column.checks()));
        written.addAll(values.has(TABLE_CHECKS) ? values.get(TABLE_CHECKS) : List.of());
        List<CheckDraft> promises = new ArrayList<>();
        columns.forEach(column -> column.promise().ifPresent(promises::add));
        List<CheckDraft> all = new ArrayList<>(promises);
        all.addAll(written);
        ContractChecks gates = new ContractChecks(all, values.get(NAME));
        gates.review(values.in().problems());
        List<Check> checks = ContractChecks.ofTable(written, values.in().problems());
        return checks.size() == written.size()
                ? new Draft(contract(values, columns, checks), values.where(TABLE), gates, promises)
                : null;
    }

    private static Contract contract(Values values, List<ContractColumnFormat.Draft> drafts, List<Check> checks) {
        List<Contract.Column> columns = new ArrayList<>();
        int taken = 0;
        for (ContractColumnFormat.Draft draft : drafts) {
            int end = taken + draft.checks().size();
            columns.add(draft.with(checks.subList(taken, end)));
            taken = end;
        }
        return new Contract(
                values.node().place(),
                values.get(NAME),
                values.get(VERSION),
                values.find(OWNER),
                values.find(DESCRIPTION),
                values.get(TABLE),
                values.has(CONSUMERS) ? values.get(CONSUMERS) : List.of(),
                values.has(LEVEL) ? values.get(LEVEL) : Sla.NONE,
                columns,
                checks.subList(taken, checks.size()),
                values.find(POLICY),
                values.find(CHANNEL),
                PlainTree.of(values.node()),
                List.of(),
                List.of());
    }

    private static boolean distinct(List<ContractColumnFormat.Draft> columns, Values values) {
        Map<String, Node> seen = new HashMap<>();
        boolean distinct = true;
        for (ContractColumnFormat.Draft column : columns) {
            Node earlier = seen.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column.node());
            if (earlier != null) {
                values.in()
                        .refuse(
                                column.node(),
                                "duplicate-column",
                                "column '" + column.name() + "' stands twice, first on line " + earlier.line(),
                                "remove one of them");
                distinct = false;
            }
        }
        return distinct;
    }

    /** A major version can be raised only where there is one. */
    private static boolean versioned(Values values) {
        boolean numbered = NUMBERED.matcher(values.get(VERSION)).matches();
        if (!numbered && values.find(POLICY) == Policy.VERSION_BUMP) {
            values.refuse(
                    VERSION,
                    "invalid-value",
                    "'" + values.get(VERSION)
                            + "' has no major version, which breaking_change_policy version-bump compares"
                            + " (allowed: numbers with points, as 2.1.0)",
                    null);
            return false;
        }
        return true;
    }

    private static @Nullable Duration hours(String text) {
        return NUMBER.matcher(text).matches()
                ? Duration.ofSeconds(
                        new BigDecimal(text).multiply(BigDecimal.valueOf(3600)).longValue())
                : null;
    }

    private static @Nullable BigDecimal percent(String text) {
        BigDecimal number = NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
        return number == null || number.compareTo(BigDecimal.valueOf(100)) > 0 ? null : number;
    }

    private static Map<String, Policy> policies() {
        Map<String, Policy> words = new LinkedHashMap<>();
        for (Policy policy : List.of(Policy.NOTIFY_30_DAYS, Policy.VERSION_BUMP, Policy.NEVER_BREAK)) {
            words.put(policy.key(), policy);
        }
        return words;
    }
}
