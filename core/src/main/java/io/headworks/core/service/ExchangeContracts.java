package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.contract.dbt.DbtExport;
import io.headworks.core.contract.odcs.OdcsExport;
import io.headworks.core.contract.odcs.OdcsImport;
import io.headworks.core.contract.odcs.OdcsReader;
import io.headworks.core.imports.YamlText;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes contracts from documents of the Open Data Contract Standard, and gives them back. */
public final class ExchangeContracts {
    private final Project project;

    public ExchangeContracts(Project project) {
        this.project = project;
    }

    /**
     * What a document comes to.
     *
     * @param texts contract files by contract; empty when it has problems
     * @param findings what is carried and not enforced, and what was guessed
     */
    public record Taken(Map<String, String> texts, List<Problem> problems, List<String> findings) {}

    /** @param connection where the tables are */
    public Taken take(Path file, String connection) {
        if (!project.connections().containsKey(connection)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot import " + file + ": connection '" + connection + "' is not known (allowed: "
                            + String.join(", ", project.connections().keySet()) + ")",
                    "name it with --connection");
        }
        OdcsReader.Read read = OdcsReader.read(file.toString().replace('\\', '/'), bytes(file));
        Map<String, String> texts = new LinkedHashMap<>();
        if (read.tree() == null) {
            return new Taken(texts, read.problems(), List.of());
        }
        OdcsImport.Imported imported = OdcsImport.of(read.tree(), connection);
        imported.contracts().forEach((name, tree) -> texts.put(name, YamlText.of(Map.of("contract", tree))));
        if (texts.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot import " + file + ": it has no schema, so there is no table to promise anything of",
                    "add schema: [{name: orders, properties: [...]}]");
        }
        List<String> findings = new ArrayList<>(imported.findings());
        imported.contracts().values().forEach(tree -> unknown(String.valueOf(tree.get("table")), findings));
        return new Taken(texts, read.problems(), findings);
    }

    /** The contract is refused from then on where nobody knows the table: that is said at once. */
    private void unknown(String table, List<String> findings) {
        DatasetName dataset = DatasetName.parse(table);
        boolean isKnown = project.producer(dataset).isPresent()
                || project.external().contains(dataset)
                || project.ofManyTables(dataset.table()).contains(dataset);
        if (!isKnown) {
            findings.add(
                    table + ": no pipeline of the project writes it, and it is not declared external: add external: [\""
                            + table + "\"] to headworks.yml, or hw validate refuses the contract");
        }
    }

    /** A contract in another format, and what is not said in it. */
    public record Given(String text, List<String> findings) {}

    /** A contract as a document of the standard. */
    public Given give(String name) {
        return new Given(YamlText.of(new OdcsExport(project.contracts().current()).of(contract(name))), List.of());
    }

    /** A contract as a model of a schema.yml of dbt. */
    public Given giveDbt(String name) {
        DbtExport.Given given = DbtExport.of(contract(name));
        return new Given(YamlText.of(given.tree()), given.findings());
    }

    private Contract contract(String name) {
        List<Contract> all = project.contracts().current();
        List<String> names = all.stream().map(Contract::name).toList();
        String near = Nearest.to(name, names);
        return project.contracts()
                .named(name)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot export contract " + name + ": it is not known (contracts: "
                                + (names.isEmpty() ? "none" : String.join(", ", names)) + ")",
                        near == null ? null : "did you mean " + near + "?"));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + file + ": " + IoReason.of(unreadable),
                    "name a document of the Open Data Contract Standard",
                    unreadable);
        }
    }
}
