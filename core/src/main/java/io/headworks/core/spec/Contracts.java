package io.headworks.core.spec;

import io.headworks.api.dataset.DatasetName;
import java.util.List;
import java.util.Optional;

/**
 * The contracts of a project, by name.
 *
 * @param published as they were last published: what breaking changes are measured against
 * @param notices of breaking changes to come
 */
public record Contracts(List<Contract> current, List<Contract> published, List<ContractNotice> notices) {
    public static final Contracts NONE = new Contracts(List.of(), List.of(), List.of());

    public Contracts {
        current = List.copyOf(current);
        published = List.copyOf(published);
        notices = List.copyOf(notices);
    }

    /** The contract of that name. */
    public Optional<Contract> named(String name) {
        return current.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The contract of a table; there is at most one. */
    public Optional<Contract> of(DatasetName table) {
        return current.stream().filter(each -> each.table().equals(table)).findFirst();
    }

    /** The published version of a contract. */
    public Optional<Contract> publishedOf(Contract contract) {
        return published.stream()
                .filter(each -> each.name().equals(contract.name()))
                .findFirst();
    }
}
