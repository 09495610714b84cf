package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Draft;
import io.headworks.core.imports.Finding;
import io.headworks.core.imports.NewFile;
import io.headworks.core.imports.Written;
import io.headworks.core.imports.YamlText;
import io.headworks.core.imports.dbt.DbtFolder.DbtFile;
import io.headworks.core.imports.jinja.NotRewritable;
import io.headworks.core.imports.jinja.Piece;
import io.headworks.core.imports.jinja.Renderer.Unrendered;
import io.headworks.core.imports.jinja.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One pass over a dbt project: its files, and what is made of each. */
final class DbtRewriting {
    private final DbtFolder project;
    private final DbtProfile profile;
    private final String id;
    private final Map<String, String> refused;
    private final List<Finding> findings;
    private final DbtProperties properties;
    private final List<Piece> macros;
    private final DbtPlaces places;
    private final DbtVariables variables;
    private final Relations relations = new Relations();
    private final DbtTests tests;
    private final Map<String, NewFile> files = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> settings = new TreeMap<>();
    private final Map<DbtModel, List<Map<String, Object>>> gates = new LinkedHashMap<>();
    private final ReferenceOrder order = new ReferenceOrder();
    private final Set<String> written = new TreeSet<>();

    DbtRewriting(
            DbtFolder project, DbtProfile profile, String id, Map<String, String> refused, List<Finding> findings) {
        this.project = project;
        this.profile = profile;
        this.id = id;
        this.refused = refused;
        this.findings = findings;
        this.properties = new DbtProperties(project, findings);
        this.macros = project.files("macro", ".sql").stream()
                .flatMap(file -> Template.of(file.text()).pieces().stream())
                .toList();
        this.places = DbtPlaces.of(profile, macros, findings);
        this.variables = new DbtVariables(project);
        this.tests = new DbtTests(relations, findings);
    }

    Draft.Rewritten all() {
        List<DbtSeed> seeds = project.files("seed", ".csv").stream()
                .map(file -> DbtSeed.of(project, properties, file))
                .toList();
        seeds.forEach(seed -> relations.define(seed.name(), places.ofProject(seed.config(), seed.name())));
        List<DbtModel> models = configured(new DbtModels(project, properties, findings).all());
        models.forEach(model -> relations.define(model.name(), model.table(places)));
        project.files("model", ".py").forEach(file -> relations.define(file.stem(), file.stem()));
        DbtSources sources = new DbtSources(properties, places, relations, findings);
        seeds.forEach(this::seed);
        models.forEach(this::model);
        gates.forEach(this::gate);
        checks(sources);
        new DbtLeftovers(project, findings).list();
        head(!seeds.isEmpty());
        return new DbtFiles(files, settings, findings, owners);
    }

    /** What a file configures decides where its table is, which all others have to know first. */
    private List<DbtModel> configured(List<DbtModel> models) {
        return models.stream()
                .map(model -> model.configured(model.config()
                        .with(new DbtSql(relations, new DbtVariables(project), macros)
                                .rewritten(model.pieces())
                                .config())))
                .toList();
    }

    private void seed(DbtSeed seed) {
        if (isLeftOut(seed.subject(), seed.file().name(), seed.config())) {
            return;
        }
        try {
            String table = places.ofProject(seed.config(), seed.name());
            List<Map<String, Object>> checks = tests.of(
                    seed.subject(), seed.properties().file(), seed.properties().value());
            put(seed.pipelineFile(), seed.pipeline(table, checks), seed.subject());
            files.put("seeds/" + seed.file().below(), seed.data());
            written.add(table);
            seed.note(findings);
        } catch (NotRewritable unknown) {
            findings.add(Finding.leftOut(seed.subject(), seed.file().name(), 0, unknown.reason()));
        }
    }

    private void model(DbtModel model) {
        if (isLeftOut(model.subject(), model.file(), model.config())) {
            return;
        }
        DbtSql.Result sql = new DbtSql(relations, variables, macros).rewritten(model.pieces());
        List<Finding> notes = new ArrayList<>();
        Map<String, Object> load = null;
        try {
            load = load(model, sql, notes);
        } catch (NotRewritable unknown) {
            findings.add(Finding.leftOut(model.subject(), model.file(), 0, unknown.reason()));
        }
        for (Unrendered each : sql.unrendered()) {
            String code = each.code().isEmpty() ? "" : each.code() + ": ";
            findings.add(Finding.leftOut(model.subject(), model.file(), each.line(), code + each.reason()));
        }
        if (load == null || !sql.unrendered().isEmpty()) {
            return;
        }
        findings.addAll(notes);
        String table = model.table(places);
        if (!table.equals(model.name())) {
            load.put("table", table);
        }
        put("models/" + model.below(), sql.sql(), model.subject());
        settings.put(model.below(), settings(model, load));
        gates.put(
                model,
                tests.of(
                        model.subject(),
                        model.properties().file(),
                        model.properties().value()));
        order.reads(table, sql.inputs());
        written.add(table);
    }

    private Map<String, Object> load(DbtModel model, DbtSql.Result sql, List<Finding> notes) {
        if (model.isSnapshot()) {
            return SnapshotLoad.of(
                    model.config(), reason -> notes.add(Finding.differs(model.subject(), model.file(), 0, reason)));
        }
        boolean views = "duckdb".equals(profile.connection().get("type"));
        return new ModelLoad(model.subject(), model.file(), views, notes).of(model.config(), sql);
    }

    private Map<String, Object> settings(DbtModel model, Map<String, Object> load) {
        Map<String, Object> all = new LinkedHashMap<>();
        Written property = model.properties().value();
        String description = property.at("description").text();
        if (description != null && !description.contains("{{")) {
            all.put("description", description.strip());
        } else if (description != null) {
            findings.add(Finding.leftOut(
                    "description of " + model.subject(),
                    model.properties().file(),
                    property.lineOf("description"),
                    "it is a template"));
        }
        if (model.config().values().get("meta") instanceof Map<?, ?> meta
                && meta.get("owner") instanceof String owner) {
            all.put("owner", owner);
        }
        List<String> tags = model.config().texts("tags");
        if (!tags.isEmpty()) {
            all.put("tags", tags);
        }
        all.put("load", load);
        return all;
    }

    /** Checks before a load is published; those that need a later table stand in a file of their own. */
    private void gate(DbtModel model, List<Map<String, Object>> checks) {
        String table = model.table(places);
        List<Map<String, Object>> later = order.takeLater(table, checks);
        Map<String, Object> of = settings.get(model.below());
        if (!checks.isEmpty() && of != null) {
            of.put("quality_gates", Map.of("post_load", checks));
        }
        if (!later.isEmpty()) {
            check("references_of_" + model.name(), table, later);
        }
    }

    private boolean isLeftOut(String subject, String file, DbtConfig config) {
        String why = refused.get(subject);
        if (why == null && !config.is("enabled", true)) {
            why = "it is not enabled";
        }
        if (why != null) {
            findings.add(Finding.leftOut(subject, file, 0, why));
        }
        return why != null;
    }

    private void checks(DbtSources sources) {
        sources.checks(tests).forEach((table, checks) -> check("sources_" + table.replace('.', '_'), table, checks));
        for (DbtFile file : project.files("test", ".sql")) {
            DbtSql.Result sql = new DbtSql(relations, variables, macros)
                    .rewritten(Template.of(file.text()).pieces());
            String subject = "test " + file.stem();
            if (!sql.unrendered().isEmpty() || sql.inputs().isEmpty()) {
                Unrendered first = sql.unrendered().isEmpty()
                        ? new Unrendered(0, "", "it reads no table of this project")
                        : sql.unrendered().get(0);
                findings.add(Finding.leftOut(subject, file.name(), first.line(), first.reason()));
                continue;
            }
            Map<String, Object> rows = new LinkedHashMap<>();
            rows.put("rows", sql.sql().strip());
            rows.put("name", file.stem());
            if ("warn".equals(sql.config().get("severity"))) {
                rows.put("severity", "P2");
            }
            String table = sql.inputs().iterator().next().replace("\"", "");
            check(file.stem(), table, List.of(Map.of("sql", rows)));
        }
    }

    private void check(String name, String table, List<Map<String, Object>> checks) {
        String subject = "checks " + name;
        String why = refused.get(subject);
        if (why != null) {
            findings.add(Finding.leftOut(subject, DbtFolder.FILE, 0, why));
            return;
        }
        Map<String, Object> of = new LinkedHashMap<>();
        of.put("table", table);
        of.put("run", checks);
        relations.readToo(table);
        put("checks/" + name + ".yml", YamlText.of(Map.of("checks", of)), subject);
    }

    private void head(boolean seeds) {
        Set<String> external = new TreeSet<>(relations.read());
        external.removeAll(written);
        files.put(
                "headworks.yml",
                new NewFile.Written(DbtHead.of(project.name(), id, profile, variables, seeds, external)));
        files.put(".gitignore", new NewFile.Written(".headworks/\n*.duckdb\n*.duckdb.wal\n"));
    }

    private void put(String file, String text, String owner) {
        files.put(file, new NewFile.Written(text));
        owners.put(file, owner);
    }
}
