package io.headworks.core.lineage;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.SelectReader;
import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SelectParts;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Stage;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the columns of all pipelines of a project come from. */
public final class ProjectLineage {
    private final Project project;
    private final Texts texts;
    private final SourceColumns sources;
    private final Map<String, DatasetLineage> byDataset = new HashMap<>();
    private final Map<String, DatasetLineage> byPipeline = new LinkedHashMap<>();

    private ProjectLineage(Project project, SelectReader reader, SourceColumns sources) {
        this.project = project;
        this.texts = new Texts(project.pipelines(), reader);
        this.sources = sources;
        Map<String, PipelineSpec> pipelines = new HashMap<>();
        project.pipelines().forEach(each -> pipelines.put(each.name(), each));
        for (String name : project.graph().order()) {
            PipelineSpec pipeline = pipelines.get(name);
            if (pipeline != null) {
                DatasetLineage lineage = lineage(pipeline);
                byPipeline.put(name, lineage);
                byDataset.put(key(lineage.dataset()), lineage);
            }
        }
    }

    /** Reads all SQL of the project in one call. */
    public static ProjectLineage of(Project project, SelectReader reader, SourceColumns sources) {
        return new ProjectLineage(project, reader, sources);
    }

    public Project project() {
        return project;
    }

    /** By pipeline, each after those it reads from. */
    public Map<String, DatasetLineage> all() {
        return Collections.unmodifiableMap(byPipeline);
    }

    public Optional<DatasetLineage> ofPipeline(String name) {
        return Optional.ofNullable(byPipeline.get(name));
    }

    /** Empty for a dataset that no pipeline writes. */
    public Optional<DatasetLineage> ofDataset(String dataset) {
        return Optional.ofNullable(byDataset.get(key(dataset)));
    }

    /** The files that a pipeline reads, as lineage calls them. */
    Optional<String> filesOf(String pipelineName) {
        return project.pipeline(pipelineName)
                .filter(pipeline -> pipeline.extract().extract().reading() instanceof Reading.Files)
                .map(pipeline -> source(pipeline, pipeline.extract().extract().reading()));
    }

    /** A model's SELECT, free of layout. */
    String form(ModelSpec model) {
        return texts.ofSelect(model.sql()).form();
    }

    /** What of a model's SELECT makes which column. */
    SelectParts parts(ModelSpec model) {
        return texts.ofSelect(model.sql()).parts();
    }

    static String key(String dataset) {
        return dataset.toLowerCase(Locale.ROOT);
    }

    private DatasetLineage lineage(PipelineSpec pipeline) {
        String dataset = pipeline.writes().toString();
        try {
            ModelLineage selects = new ModelLineage(pipeline, byDataset);
            StageLineage stages = new StageLineage(pipeline, texts, selects, extracted(pipeline, selects));
            Flow flow = stages.now();
            for (Stage stage : pipeline.stages()) {
                for (Operation operation : stage.operations()) {
                    flow = stages.after(operation);
                }
            }
            List<Column> columns = new ArrayList<>(flow.columns());
            columns.addAll(new HistoryColumns(pipeline.load()).of(flow));
            return new DatasetLineage(dataset, pipeline.name(), columns, flow.rows(), flow.rest(), flow.gone(), null);
        } catch (NotTold unknown) {
            return DatasetLineage.unknown(dataset, pipeline.name(), String.valueOf(unknown.getMessage()));
        }
    }

    private Flow extracted(PipelineSpec pipeline, ModelLineage selects) {
        Extract extract = pipeline.extract().extract();
        Flow flow = rows(pipeline, extract, selects);
        String where = extract.where();
        if (where != null) {
            flow.dependsOn(
                    flow.value(texts.ofExpression(where), "extract.where").as(Use.FILTER));
        }
        return flow;
    }

    private Flow rows(PipelineSpec pipeline, Extract extract, ModelLineage selects) {
        if (extract.reading() instanceof Reading.Model model) {
            return selects.of(texts.ofSelect(model.sql()), model.file(), null);
        } else if (extract.reading() instanceof Reading.Query query) {
            return selects.ofSource(texts.ofSelect(query.sql()));
        }
        String source = source(pipeline, extract.reading());
        Optional<List<String>> listed = listed(pipeline, extract, source);
        return listed.map(names -> Flow.of(
                        names.stream()
                                .map(name -> new Column(name, Dependence.on(selects.spelt(source, name), Use.COPIED)))
                                .toList(),
                        Dependence.NONE))
                .orElseGet(() -> Flow.open(source));
    }

    private Optional<List<String>> listed(PipelineSpec pipeline, Extract extract, String source) {
        if (!extract.columns().isEmpty()) {
            List<String> names = new ArrayList<>(
                    extract.columns().stream().map(ColumnChoice::name).toList());
            if (extract.files() != null) {
                extract.files().add().keySet().stream()
                        .filter(name -> !names.contains(name))
                        .forEach(names::add);
            }
            return Optional.of(names);
        }
        Optional<List<String>> written =
                ofDataset(source).filter(DatasetLineage::complete).map(DatasetLineage::columnNames);
        return written.isPresent() ? written : sources.of(pipeline);
    }

    /** What an extract reads, as lineage calls it. */
    static String source(PipelineSpec pipeline, Reading reading) {
        String connection = pipeline.extract().connection();
        return reading instanceof Reading.Table table
                ? new DatasetName(connection, table.name()).toString()
                : connection + ":" + ((Reading.Files) reading).path();
    }
}
