package io.headworks.core.spec.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headworks.core.spec.loading.TestProjects;
import io.headworks.core.spec.yaml.TestYaml;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema takes what the parser takes, and refuses what an editor should underline. */
class ProjectFileSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Schema schema;

    @BeforeAll
    static void compile() {
        String text = ProjectFileSchema.json(TestProjects.connectors());
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }

    private static java.util.List<String> refusals(String yaml) {
        JsonNode json = JSON.valueToTree(TestYaml.values(yaml));
        return schema.validate(json).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("io.headworks.core.spec.loading.TestProjects#acceptedDocuments")
    void takesWhatTheParserTakes(String yaml) {
        assertThat(refusals(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipelin: {}",
                "pipeline: {name: a}",
                "pipeline: {name: a, extract: {connection: l, path: p}, load: {connection: w, table: t, strategy: upsrt}}",
                "pipeline: {name: a, extract: {connection: l, path: p, lookback: 2 parsecs}, load: {connection: w, table: t, strategy: upsert}}",
                "pipeline: {name: a, extract: {connection: l, path: p}, load: {connection: w, table: t, strategy: upsert, mergeKeys: [a]}}",
                "pipeline: {name: a, extract: {connection: l, path: p}, load: {connection: w, table: t, strategy: upsert, scd: {}}}",
                "checks: {table: t, run: []}",
                "checks: {table: t, run: [{not_null: a, unique: b}]}",
                "checks: {table: t, run: [{range: {colum: a}}]}",
                "connections: {a: {type: files, pth: data}}",
                "variables: {a: {type: number}}",
            })
    void refusesWhatIsWrong(String yaml) {
        assertThat(refusals(yaml)).isNotEmpty();
    }

    @Test
    void isJsonAndTheSameEveryTime() throws JsonProcessingException {
        String text = ProjectFileSchema.json(TestProjects.connectors());
        assertThat(JSON.readTree(text).path("$schema").asText()).endsWith("2020-12/schema");
        assertThat(ProjectFileSchema.json(TestProjects.connectors())).isEqualTo(text);
    }
}
