package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.contract.ContractChange;
import io.headworks.core.contract.ContractComparison;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contracts;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.loading.ContractFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Compares two versions of a contract: files, what the project has, what was published, or a revision in git. */
public final class CompareContracts {
    private static final String PUBLISHED = "published";
    private final Setup setup;
    private final Supplier<Project> project;
    private final Map<String, String> variables;

    /** @param project asked only when a side is no file */
    public CompareContracts(Setup setup, Supplier<Project> project, Map<String, String> variables) {
        this.setup = setup;
        this.project = project;
        this.variables = variables;
    }

    /** Both versions and what changed from the one to the other. */
    public record Compared(Contract old, Contract now, List<ContractChange> changes) {
        public boolean breaks() {
            return changes.stream().anyMatch(ContractChange::isBreaking);
        }

        /** {@code full}, {@code backward}, {@code forward} or {@code none}. */
        public String compatibility() {
            boolean backward = changes.stream().allMatch(ContractChange::backward);
            boolean forward = changes.stream().allMatch(ContractChange::forward);
            return backward ? forward ? "full" : "backward" : forward ? "forward" : "none";
        }

        /** 0 equal, 1 changes that break nothing, 6 breaking ones. */
        public int exitCode() {
            return breaks() ? FailureKind.SCHEMA_CHANGE.exitCode() : changes.isEmpty() ? 0 : 1;
        }

        /** The public document. */
        public Map<String, Object> document() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("old", side(old));
            tree.put("new", side(now));
            tree.put("breaking", breaks());
            tree.put("compatibility", compatibility());
            tree.put("changes", changes.stream().map(Compared::change).toList());
            return tree;
        }

        private static Map<String, Object> side(Contract contract) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", contract.name());
            tree.put("version", contract.version());
            tree.put("file", contract.place().file());
            return tree;
        }

        private static Map<String, Object> change(ContractChange change) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("kind", change.kind().key());
            tree.put("what", change.what());
            tree.put("reason", change.reason());
            tree.put("backward", change.backward());
            tree.put("forward", change.forward());
            return tree;
        }
    }

    /**
     * Compares.
     *
     * @param old a file, {@code NAME}, {@code NAME@published} or {@code NAME@REVISION}
     * @param now the same
     */
    public Compared between(String old, String now) {
        Contract before = contract(old);
        Contract after = contract(now);
        return new Compared(before, after, ContractComparison.between(before, after));
    }

    private Contract contract(String text) {
        Path file = Path.of(text);
        if (Files.isRegularFile(file)) {
            return only(ContractFile.read(file), text);
        }
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        String revision = at < 0 ? "" : text.substring(at + 1);
        Project now = project.get();
        if (revision.equals(PUBLISHED)) {
            return find(now.contracts().published(), name, "Cannot compare " + text + ": nothing is published of it");
        }
        Contracts contracts = revision.isEmpty()
                ? now.contracts()
                : new ProjectAtRevision(setup, now, variables).of(revision).contracts();
        return find(
                contracts.current(), name, "Cannot compare " + text + ": there is no such file, and no such contract");
    }

    private static Contract only(List<Contract> contracts, String text) {
        if (contracts.size() > 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot compare " + text + ": the file has " + contracts.size() + " contracts",
                    "write each in a file of its own");
        }
        return contracts.get(0);
    }

    private static Contract find(List<Contract> contracts, String name, String sentence) {
        Optional<Contract> found =
                contracts.stream().filter(each -> each.name().equals(name)).findFirst();
        List<String> names = contracts.stream().map(Contract::name).toList();
        String near = Nearest.to(name, names);
        return found.orElseThrow(() -> new HeadworksException(
                FailureKind.PROJECT,
                sentence + " (contracts: " + (names.isEmpty() ? "none" : String.join(", ", names)) + ")",
                near == null
                        ? "name a file, NAME, NAME@published or NAME@REVISION of git"
                        : "did you mean " + near + "?"));
    }
}
