package io.headworks.core.contract;

import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contracts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A contract in short, as plans and lists show it. */
public record ContractSummary(Contract contract, @Nullable String publishedVersion) {
    public static ContractSummary of(Contracts contracts, Contract contract) {
        return new ContractSummary(
                contract, contracts.publishedOf(contract).map(Contract::version).orElse(null));
    }

    /** {@code orders 2.1.0, breaking changes: notify-30-days, read by finance, ml}. */
    public String sentence() {
        return contract.name() + " " + contract.version() + ", breaking changes: " + policy()
                + (contract.consumers().isEmpty() ? ", no consumer is named" : ", read by " + consumers());
    }

    /** {@code version-bump}; {@code none} where nothing is promised. */
    public String policy() {
        return contract.policy() == null ? "none" : contract.policy().key();
    }

    public String consumers() {
        return contract.consumers().stream().map(Contract.Consumer::toString).collect(Collectors.joining(", "));
    }

    /** What people must know before the policy protects anybody; null when there is nothing. */
    public @Nullable String note() {
        if (publishedVersion == null) {
            return contract.policy() == null
                    ? null
                    : contract.title() + " is not published: breaking changes are not seen until hw contract publish "
                            + contract.name();
        }
        return publishedVersion.equals(contract.version())
                ? null
                : contract.title() + " is not published, " + publishedVersion + " is: hw contract publish "
                        + contract.name();
    }

    /** The public document. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", contract.name());
        tree.put("version", contract.version());
        tree.put("published", publishedVersion);
        tree.put("table", contract.table().toString());
        tree.put("owner", contract.owner());
        tree.put("policy", contract.policy() == null ? null : policy());
        tree.put(
                "consumers",
                contract.consumers().stream().map(ContractSummary::consumer).toList());
        tree.put("columns", contract.columns().size());
        tree.put("checks", contract.promises().size() + contract.allChecks().size());
        tree.put("file", contract.place().file());
        tree.put("line", contract.place().line());
        return tree;
    }

    private static Map<String, @Nullable Object> consumer(Contract.Consumer consumer) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("team", consumer.team());
        tree.put("contact", consumer.contact());
        return tree;
    }

    /** All of a project. */
    public static List<ContractSummary> all(Contracts contracts) {
        return contracts.current().stream().map(each -> of(contracts, each)).toList();
    }
}
