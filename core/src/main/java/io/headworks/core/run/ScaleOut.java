package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.portable.Portability;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Schema;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Segment;
import io.headworks.core.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What keeps a pipeline's stages on one engine. */
final class ScaleOut {
    private final EngineSession engine;
    private final SqlInspector inspector;

    ScaleOut(EngineSession engine, SqlInspector inspector) {
        this.engine = engine;
        this.inspector = inspector;
    }

    private record Expression(String stage, String text, Schema input) {}

    /** Sentences, each once; empty when every expression is portable. */
    List<String> against(Plan plan) {
        Set<String> sentences = new LinkedHashSet<>();
        List<Expression> expressions = new ArrayList<>();
        Relation rows = null;
        for (Step step : plan.steps()) {
            if (step instanceof Step.ExtractRows extract) {
                rows = engine.empty(extract.schema());
                if (extract.extract().reading() instanceof Reading.Model model) {
                    sentences.add("the SELECT of a model is duckdb only (" + model.file() + ")");
                }
            } else if (step instanceof Step.TransformRows transform && rows != null) {
                for (Segment segment : transform.segments()) {
                    rows = collect(segment, rows, expressions, sentences);
                }
            }
        }
        List<Finding> findings = inspector.inspect(expressions.stream()
                .map(each -> new Text(each.text(), Text.Kind.EXPRESSION))
                .toList());
        for (int i = 0; i < findings.size(); i++) {
            Expression each = expressions.get(i);
            if (findings.get(i).error() == null) {
                Portability.check(each.text(), findings.get(i), each.input())
                        .forEach(why -> sentences.add("stage " + each.stage() + ": " + why));
            }
        }
        return List.copyOf(sentences);
    }

    private Relation collect(Segment segment, Relation input, List<Expression> expressions, Set<String> sentences) {
        Relation rows = input;
        for (Operation operation : segment.operations()) {
            Schema columns = rows.schema();
            if (operation instanceof Operation.Sql sql) {
                sentences.add("stage " + segment.stage() + ": SQL of your own is " + sql.dialect() + " only ("
                        + sql.file() + ")");
            }
            Portability.expressions(operation)
                    .forEach(text -> expressions.add(new Expression(segment.stage(), text, columns)));
            rows = engine.empty(engine.apply(rows, List.of(operation)).schema());
        }
        return rows;
    }
}
