package io.headworks.core.lineage;

import io.headworks.api.engine.SelectReader;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.transform.Operation;
import io.headworks.core.spec.PipelineSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The SQL of a project, read in one call. */
final class Texts {
    private final Map<Text, SelectTree> trees = new HashMap<>();

    Texts(Collection<PipelineSpec> pipelines, SelectReader reader) {
        Set<Text> texts = new LinkedHashSet<>();
        pipelines.forEach(pipeline -> gather(pipeline, texts));
        List<Text> all = List.copyOf(texts);
        List<SelectTree> read = reader.read(all);
        for (int i = 0; i < all.size(); i++) {
            trees.put(all.get(i), read.get(i));
        }
    }

    private static void gather(PipelineSpec pipeline, Set<Text> texts) {
        Reading reading = pipeline.extract().extract().reading();
        if (reading instanceof Reading.Model model) {
            texts.add(select(model.sql()));
        } else if (reading instanceof Reading.Query query) {
            texts.add(select(query.sql()));
        }
        String where = pipeline.extract().extract().where();
        if (where != null) {
            texts.add(expression(where));
        }
        pipeline.stages().forEach(stage -> stage.operations().forEach(operation -> gather(operation, texts)));
    }

    private static void gather(Operation operation, Set<Text> texts) {
        if (operation instanceof Operation.Sql sql) {
            texts.add(select(sql.text()));
        } else {
            expressions(operation).forEach(text -> texts.add(expression(text)));
        }
    }

    private static Collection<String> expressions(Operation operation) {
        if (operation instanceof Operation.Filter filter) {
            return List.of(filter.condition());
        } else if (operation instanceof Operation.Derive derive) {
            return derive.expressions().values();
        } else if (operation instanceof Operation.Rollup rollup) {
            return rollup.take().values();
        } else if (operation instanceof Operation.Pivot pivot) {
            return pivot.values().values();
        } else if (operation instanceof Operation.Window window) {
            return window.take().values();
        }
        return List.of();
    }

    private static Text select(String sql) {
        return new Text(sql, Text.Kind.SELECT);
    }

    private static Text expression(String sql) {
        return new Text(sql, Text.Kind.EXPRESSION);
    }

    SelectTree ofSelect(String sql) {
        return tree(select(sql));
    }

    SelectTree ofExpression(String sql) {
        return tree(expression(sql));
    }

    private SelectTree tree(Text text) {
        SelectTree tree = trees.get(text);
        if (tree == null) {
            throw new IllegalStateException("no tree of " + text);
        }
        return tree;
    }
}
