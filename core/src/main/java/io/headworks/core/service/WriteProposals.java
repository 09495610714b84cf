package io.headworks.core.service;

import io.headworks.api.check.Severity;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.imports.YamlText;
import io.headworks.core.profile.ProposedCheck;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.layout.ContractTableChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Puts proposed checks into the contract of a table, or writes one; nothing that stands there is changed. */
public final class WriteProposals {
    private static final int LONGEST_REASON = 200;

    private final Project project;

    public WriteProposals(Project project) {
        this.project = project;
    }

    /**
     * An edit that is not written yet.
     *
     * @param before the file as it is; null for a file that is not there
     * @param lines the difference, with {@code +} in front of what is added
     * @param undo the command that takes it back
     */
    public record Edit(String file, @Nullable String before, String after, List<String> lines, String undo) {
        public Edit {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The edit; empty where nothing is missing.
     *
     * @throws HeadworksException of kind PROJECT when the table can have no contract, or its file cannot be edited
     */
    public Optional<Edit> edit(ProfileTable.Looked looked) {
        DatasetName table = looked.findings().dataset();
        Contract contract = project.contracts().of(table).orElse(null);
        if (contract == null) {
            return Optional.of(created(looked, table));
        } else if (looked.checks().isEmpty()) {
            return Optional.empty();
        }
        String file = contract.place().file();
        String before = read(project.folder().resolve(file));
        String after = ContractTableChecks.in(file, before, contract.name(), items(looked.checks()));
        String undo = "git checkout -- " + file;
        return Optional.of(new Edit(file, before, after, TextDifference.between(before, after), undo));
    }

    private Edit created(ProfileTable.Looked looked, DatasetName table) {
        boolean isOurs =
                project.producer(table).isPresent() || project.external().contains(table);
        if (!isOurs) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot write a contract of " + table + ": no pipeline of the project writes it, and it is not"
                            + " declared external",
                    "add external: [\"" + table + "\"] to headworks.yml");
        }
        DescribeTable.Described described = DescribeTable.described(
                project, table, looked.schema(), looked.key(), looked.findings().personal());
        String file = "contracts/" + described.name() + ".yml";
        if (Files.exists(project.folder().resolve(file))) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot write " + file + ": the file is there already, and no contract of " + table,
                    "write one for the table into another file: hw contract init " + table + " --dry-run");
        }
        List<ProposedCheck> beyondKey = looked.checks().stream()
                .filter(check -> check.severity() != Severity.P1)
                .toList();
        String text = beyondKey.isEmpty()
                ? described.text()
                : ContractTableChecks.in(file, described.text(), described.name(), items(beyondKey));
        return new Edit(file, null, text, TextDifference.between("", text), "rm " + file);
    }

    private static List<ContractTableChecks.Item> items(List<ProposedCheck> checks) {
        return checks.stream()
                .map(check -> new ContractTableChecks.Item(
                        comment(check.reason()), YamlText.inline(Map.of(check.kind(), check.written()))))
                .map(item -> new ContractTableChecks.Item(
                        item.reason(), item.yaml().substring(1, item.yaml().length() - 1)))
                .toList();
    }

    /** On one line, whatever values it tells of. */
    private static String comment(String reason) {
        String line = reason.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\ufeff]", " ");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }

    /**
     * Writes the edit, and takes it back when the project is no longer good.
     *
     * @param good looks at the project as it is on the disk then
     */
    public void write(Edit edit, BooleanSupplier good) {
        Path path = project.folder().resolve(edit.file());
        boolean kept = false;
        put(path, edit.after());
        try {
            kept = good.getAsBoolean();
        } finally {
            if (!kept) {
                takeBack(path, edit.before());
            }
        }
        if (!kept) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot write " + edit.file() + ": with it the project is not valid",
                    "the project is as it was; hw quality --dry-run shows what would be written");
        }
    }

    private static void takeBack(Path path, @Nullable String before) {
        if (before != null) {
            put(path, before);
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot remove " + path + ": " + IoReason.of(failed), null, failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + file + ": " + IoReason.of(unreadable), null, unreadable);
        }
    }

    private static void put(Path file, String text) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
