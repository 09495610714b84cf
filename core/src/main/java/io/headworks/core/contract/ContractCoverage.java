package io.headworks.core.contract;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contracts;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What keeps each promise of a contract, and which promises are words only. */
public final class ContractCoverage {
    private final Contract contract;
    private final Contracts contracts;
    private final @Nullable PipelineSpec producer;
    private final List<Promise> promises = new ArrayList<>();

    private ContractCoverage(Project project, Contract contract) {
        this.contract = contract;
        this.contracts = project.contracts();
        this.producer = project.producer(contract.table()).orElse(null);
    }

    /**
     * A promise.
     *
     * @param keptBy what enforces it; null where it is documentation only
     * @param why why nothing does; null where something does
     */
    public record Promise(
            String contract,
            String promise,
            @Nullable String keptBy,
            @Nullable String why) {
        public boolean isEnforced() {
            return keptBy != null;
        }

        /** The public document. */
        public Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("contract", contract);
            tree.put("promise", promise);
            tree.put("enforced", isEnforced());
            tree.put("kept_by", keptBy);
            tree.put("why_not", why);
            return tree;
        }
    }

    /** Every promise of a contract, in the order of its file. */
    public static List<Promise> of(Project project, Contract contract) {
        ContractCoverage coverage = new ContractCoverage(project, contract);
        coverage.service();
        contract.columns().forEach(coverage::column);
        contract.checks().forEach(check -> coverage.check("check " + check.name(), check));
        coverage.policy();
        return List.copyOf(coverage.promises);
    }

    private void service() {
        if (contract.sla().freshness() != null) {
            Optional<Check> freshness = contract.promises().stream()
                    .filter(check -> check.rule() instanceof Rule.Freshness)
                    .findFirst();
            if (freshness.isPresent()) {
                check("sla.freshness_hours", freshness.get());
            } else {
                words("sla.freshness_hours", "no column says how old a row is: add sla.freshness_column");
            }
        }
        if (contract.sla().availabilityPercent() != null) {
            words("sla.availability_percent", "nothing measures how often a table can be read");
        }
        if (contract.sla().supportHours() != null) {
            words("sla.support_hours", "it is about people");
        }
    }

    private void column(Contract.Column column) {
        String name = "column " + column.name();
        kept(name + " " + column.type(), atPlanTime() + "hw check");
        if (!column.nullable()) {
            kept(name + " nullable: false", beforeLoad(column) + "hw check");
        }
        if (column.pii()) {
            words(
                    name + " pii",
                    "failing rows of checks are shown without it; nothing else masks it: mask or hash it in a stage");
        }
        column.checks().forEach(check -> check(name + ": " + check.name(), check));
    }

    private String atPlanTime() {
        return producer == null ? "" : "the plan of " + producer.name() + ", ";
    }

    private String beforeLoad(Contract.Column column) {
        Rule rule = new Rule.NotNull(List.of(column.name()));
        return gate(rule);
    }

    private void check(String promise, Check check) {
        kept(promise, gate(check.rule()) + "hw check");
    }

    /** The gate of the pipeline that has the rule. */
    private String gate(Rule rule) {
        if (producer == null) {
            return "";
        }
        boolean before =
                producer.preLoad().stream().anyMatch(each -> each.rule().equals(rule));
        boolean after =
                producer.postLoad().stream().anyMatch(each -> each.rule().equals(rule));
        String where = rule.isAfterCommit() ? "after COMMIT in " : before ? "pre_load of " : "post_load of ";
        return before || after ? where + producer.name() + ", " : "";
    }

    private void policy() {
        if (contract.policy() == null) {
            return;
        }
        String promise = "breaking_change_policy " + contract.policy().key();
        if (producer == null) {
            words(promise, "no pipeline of this project writes the table");
        } else if (contracts.publishedOf(contract).isEmpty()) {
            words(promise, "nothing is published: hw contract publish " + contract.name());
        } else {
            kept(promise, "the plan of " + producer.name());
        }
    }

    private void kept(String promise, String by) {
        promises.add(new Promise(contract.name(), promise, by, null));
    }

    private void words(String promise, String why) {
        promises.add(new Promise(contract.name(), promise, null, why));
    }
}
