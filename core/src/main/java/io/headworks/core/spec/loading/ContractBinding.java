package io.headworks.core.spec.loading;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.Load;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.ContractNotice;
import io.headworks.core.spec.Contracts;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.format.ContractChecks;
import io.headworks.core.spec.format.ContractFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the tables of contracts, and gives the pipelines that write them the contracts' checks. */
final class ContractBinding {
    private final DatasetUses uses;
    private final @Nullable String onlyTarget;
    private final Problems problems;
    private final Map<String, Bound> byTable = new LinkedHashMap<>();
    private final Map<String, Contract> byName = new HashMap<>();

    /** @param onlyTarget where a table lies that names no connection; null where it must name one */
    ContractBinding(DatasetUses uses, @Nullable String onlyTarget, Problems problems) {
        this.uses = uses;
        this.onlyTarget = onlyTarget;
        this.problems = problems;
    }

    private record Bound(Contract contract, ContractChecks gates) {}

    /** Binds contracts; two of one name or table are reported. */
    void bind(List<ReadContract> read) {
        for (ReadContract each : read) {
            ContractFormat.Draft draft = each.draft();
            String home = draft == null ? null : draft.contract().table().connection();
            String only = home == null ? onlyTarget : home;
            List<DatasetUse> found = uses.of(each.mentions(), each.sql(), only);
            if (draft != null) {
                add(draft, only, found);
            }
        }
    }

    private void add(ContractFormat.Draft draft, @Nullable String home, List<DatasetUse> found) {
        Contract contract = draft.contract();
        DatasetName written = contract.table();
        DatasetUse use = found.stream()
                .filter(each -> each.written().equals(written))
                .findFirst()
                .orElse(null);
        DatasetName table = use != null ? use.dataset() : home == null ? written : written.in(home);
        Contract bound = contract.bound(table, draft.promises(freshnessColumn(contract, use)), found);
        Contract sameName = byName.putIfAbsent(contract.name(), bound);
        if (sameName != null) {
            refuse(
                    contract.place(),
                    "duplicate-contract",
                    contract,
                    "another contract is called so, " + sameName.place());
        }
        Bound sameTable = byTable.putIfAbsent(key(table), new Bound(bound, draft.gates()));
        if (sameTable != null) {
            refuse(
                    draft.tableNode().place(),
                    "duplicate-contract",
                    contract,
                    table + " has a contract already, " + sameTable.contract().place());
        }
    }

    private void refuse(Place place, String code, Contract contract, String why) {
        problems.error(
                place, code, "Cannot use contract " + contract.name() + ": " + why, "write one contract a table");
    }

    /** Without one, freshness cannot be measured: that is said, not passed over. */
    private @Nullable String freshnessColumn(Contract contract, @Nullable DatasetUse use) {
        String own = contract.sla().freshnessColumn();
        Load load = use == null ? null : use.load();
        Load.AuditColumns audit = load == null ? null : load.audit();
        String column = own != null ? own : audit == null ? null : audit.loadedAt();
        if (column == null && contract.sla().freshness() != null) {
            problems.warning(
                    contract.place(),
                    "unbound-promise",
                    "Nothing checks sla.freshness_hours of contract " + contract.name()
                            + ": no column is known that says how old a row is",
                    "add freshness_column: updated_at to sla");
        }
        return column;
    }

    /** A pipeline with the checks of its table's contract, those left out that it has itself. */
    PipelineSpec joined(PipelineSpec pipeline) {
        Bound bound = byTable.get(key(pipeline.writes()));
        if (bound == null) {
            return pipeline;
        }
        List<Check> before = new ArrayList<>(pipeline.preLoad());
        boolean deadLetters = pipeline.errorHandling().deadLetters();
        add(bound.gates().beforeLoad(deadLetters), before);
        List<Check> after = new ArrayList<>(pipeline.postLoad());
        add(bound.gates().afterLoad(), after);
        add(
                bound.gates()
                        .named(bound.contract().promises().stream()
                                .filter(check -> check.rule() instanceof Rule.Freshness)
                                .toList()),
                after);
        Set<DatasetUse> all = new LinkedHashSet<>(pipeline.uses());
        bound.contract().uses().stream()
                .filter(use -> !use.dataset().equals(pipeline.writes()))
                .forEach(all::add);
        return pipeline.gated(before, after, List.copyOf(all));
    }

    private static void add(List<Check> checks, List<Check> gate) {
        List<Check> own = List.copyOf(gate);
        checks.stream()
                .filter(check -> own.stream().noneMatch(other -> isSame(check, other)))
                .forEach(gate::add);
    }

    private static boolean isSame(Check a, Check b) {
        return a.rule().equals(b.rule())
                && a.severity() == b.severity()
                && a.warnAbove().equals(b.warnAbove())
                && a.failAbove().equals(b.failAbove())
                && Objects.equals(a.where(), b.where())
                && a.scope() == b.scope()
                && a.onFail() == b.onFail();
    }

    /** Everything about contracts; what is published and is no contract any more is reported, and notices of none. */
    Contracts contracts(List<Contract> published, List<ContractNotice> notices) {
        List<Contract> current = byTable.values().stream().map(Bound::contract).toList();
        Set<String> names = new LinkedHashSet<>();
        for (Contract each : published) {
            if (!byName.containsKey(each.name())) {
                problems.error(
                        each.place(),
                        "withdrawn-contract",
                        "Cannot withdraw contract " + each.name() + ": version " + each.version() + " is published",
                        "write the contract again, or remove this file when nobody relies on it");
            } else if (!names.add(each.name())) {
                refuse(each.place(), "duplicate-contract", each, "it is published twice");
            }
        }
        for (ContractNotice notice : notices) {
            if (!byName.containsKey(notice.contract())) {
                String nearest = Nearest.to(notice.contract(), byName.keySet());
                problems.error(
                        notice.place(),
                        "unknown-contract",
                        "Cannot use this notice: contract '" + notice.contract() + "' is not known",
                        nearest == null ? "remove the file" : "did you mean '" + nearest + "'?");
            }
        }
        return new Contracts(current, published, notices);
    }

    private static String key(DatasetName name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
