package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.contract.BreakingChanges;
import io.headworks.core.contract.ContractChange;
import io.headworks.core.imports.YamlText;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contract.Policy;
import io.headworks.core.spec.ContractNotice;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what git keeps of contracts: what was published, and notices of what will break. */
public final class WriteContracts {
    private final Project project;
    private final LocalDate today;

    /** @param today in UTC */
    public WriteContracts(Project project, LocalDate today) {
        this.project = project;
        this.today = today;
    }

    /**
     * Makes a contract the one that later changes are measured against.
     *
     * @return the file, relative to the project's folder
     * @throws HeadworksException of kind SCHEMA_CHANGE when its policy does not allow what changed
     */
    public String publish(String name) {
        Contract contract = contract(name);
        new BreakingChanges(project.contracts(), today).refusal(contract).ifPresent(refusal -> {
            throw new HeadworksException(
                    FailureKind.SCHEMA_CHANGE, "Cannot publish " + name + ": " + refusal.reason(), refusal.hint());
        });
        String file = project.contracts()
                .publishedOf(contract)
                .map(published -> published.place().file())
                .orElse("contracts/published/" + name + ".yml");
        write(file, YamlText.of(Map.of("published_contract", contract.written())), true);
        return file;
    }

    /** A notice that was written. */
    public record Opened(String file, ContractNotice notice, Contract contract) {}

    /**
     * Opens a notice of what breaks against the published version, today.
     *
     * @throws HeadworksException of kind PROJECT when nothing breaks, or the policy asks for no notice
     */
    public Opened notice(String name) {
        Contract contract = contract(name);
        List<String> changes = new BreakingChanges(project.contracts(), today)
                .of(contract).stream().map(ContractChange::what).toList();
        if (changes.isEmpty()) {
            boolean published = project.contracts().publishedOf(contract).isPresent();
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot open a notice for " + name + ": "
                            + (published ? "nothing breaks what was published" : "nothing is published yet"),
                    published ? "hw contract publish " + name + " takes it as it is" : "hw contract publish " + name);
        }
        if (contract.policy() != Policy.NOTIFY_30_DAYS) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot open a notice for " + name + ": its policy is "
                            + (contract.policy() == null
                                    ? "none"
                                    : contract.policy().key())
                            + " (allowed: notify-30-days)",
                    "a notice changes nothing there");
        }
        ContractNotice notice = new ContractNotice(
                contract.place(), name, contract.version(), today, today.plusDays(ContractNotice.DAYS), changes);
        String file = "contracts/notices/" + name + "-" + contract.version() + "-" + today + ".yml";
        write(file, text(notice), false);
        return new Opened(file, notice, contract);
    }

    private static String text(ContractNotice notice) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("contract", notice.contract());
        tree.put("version", notice.version());
        tree.put("opened", notice.opened().toString());
        tree.put("effective", notice.effective().toString());
        tree.put("changes", notice.changes());
        return YamlText.of(Map.of("contract_notice", tree));
    }

    /**
     * Writes a new contract.
     *
     * @return the file, relative to the project's folder
     */
    public String create(String name, String text) {
        String file = "contracts/" + name + ".yml";
        write(file, text, false);
        return file;
    }

    private void write(String file, String text, boolean over) {
        Path path = project.folder().resolve(file);
        if (!over && Files.exists(path)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot write " + file + ": the file is there already",
                    "remove it first, or go on with what it says");
        }
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(
                    path,
                    text,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }

    private Contract contract(String name) {
        List<String> names =
                project.contracts().current().stream().map(Contract::name).toList();
        String near = Nearest.to(name, names);
        return project.contracts()
                .named(name)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot find contract " + name + " (contracts: "
                                + (names.isEmpty() ? "none" : String.join(", ", names)) + ")",
                        near == null ? "hw contract init TABLE writes one" : "did you mean " + near + "?"));
    }
}
