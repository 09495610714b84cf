package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.dbt.DbtFolder.DbtFile;
import io.headworks.core.imports.dbt.DbtProperties.Property;
import io.headworks.core.imports.jinja.Piece;
import io.headworks.core.imports.jinja.Template;
import java.util.ArrayList;
import java.util.List;

/** Finds everything in a dbt project that is a SELECT with a name. */
final class DbtModels {
    private final DbtFolder project;
    private final DbtProperties properties;
    private final List<Finding> findings;

    DbtModels(DbtFolder project, DbtProperties properties, List<Finding> findings) {
        this.project = project;
        this.properties = properties;
        this.findings = findings;
    }

    /** With what is configured for them outside of their own SQL. */
    List<DbtModel> all() {
        List<DbtModel> models = new ArrayList<>();
        for (DbtFile file : project.files("model", ".sql")) {
            models.add(model(
                    "models",
                    file.stem(),
                    file,
                    file.below(),
                    Template.of(file.text()).pieces()));
        }
        for (DbtFile file : project.files("snapshot", ".sql")) {
            for (Piece piece : Template.of(file.text()).pieces()) {
                if (piece instanceof Piece.Block block && block.kind().equals("snapshot")) {
                    models.add(model("snapshots", block.name(), file, below(block.name()), block.body()));
                } else if (!(piece instanceof Piece.Text text && text.text().isBlank()
                        || piece instanceof Piece.Comment)) {
                    findings.add(Finding.leftOut(
                            "file " + file.name(), file.name(), piece.line(), "it stands outside of a snapshot"));
                }
            }
        }
        for (Property each : properties.snapshots()) {
            String name = each.value().at("name").text("");
            String sql = "select * from {{ " + each.value().at("relation").text("") + " }}";
            DbtFile file = new DbtFile(project.path(), each.file(), each.file());
            models.add(
                    model("snapshots", name, file, below(name), Template.of(sql).pieces()));
        }
        return models;
    }

    private static String below(String snapshot) {
        return "snapshots/" + snapshot + ".sql";
    }

    private DbtModel model(String kind, String name, DbtFile file, String below, List<Piece> pieces) {
        Property property = properties.of(kind, name);
        DbtConfig config = DbtConfig.of(project, kind, file, name, property.value());
        return new DbtModel(kind, name, file.name(), below, pieces, property, config);
    }
}
