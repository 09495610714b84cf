package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.transform.Operation;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Origin;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables, secrets, defaults and environments. */
class EnvironmentsTest {
    private static final String HEAD = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            variables:
              country: {default: IT, allowed: [IT, FR]}
              size: {type: integer}
            defaults:
              owner: data
              error_handling: {max_retries: 5, strategy: dead-letter}
            connections:
              landing: {type: files, path: "data/${var:country}"}
              warehouse: {type: duckdb, path: dev.duckdb}
              safe: {type: vault, user: "${env:SAFE_USER}", password: "${env:SAFE_PASSWORD}"}
            environments:
              dev: {default: true}
              prod:
                guard: true
                variables: {country: FR}
                connections:
                  warehouse: {type: duckdb, path: prod.duckdb}
                  safe: {type: vault, user: prod, password: "${env:PROD_PASSWORD}"}
            """;

    @TempDir
    Path folder;

    private ProjectFolder project() {
        ProjectFolder project =
                new ProjectFolder(folder).with("headworks.yml", HEAD).with("p.yml", """
                        pipeline:
                          name: orders
                          extract: {connection: landing, path: a.csv}
                          transform:
                            stages: [{name: s, operations: [{hash: {email: sha256, salt: "${env:SALT}"}}]}]
                          load: {connection: warehouse, table: orders, strategy: truncate-reload}
                          error_handling: {max_retries: 1}
                        """);
        project.environment.putAll(Map.of("SAFE_USER", "reader", "SAFE_PASSWORD", "hunter2", "SALT", "pepper"));
        return project;
    }

    @Test
    void resolvesForTheDefaultEnvironmentWithoutLookingUpTheSecretsOfOthers() {
        Project project = project().project();

        assertThat(project.environment().name()).isEqualTo("dev");
        assertThat(project.connections().get("warehouse").setting("path")).isEqualTo("dev.duckdb");
        assertThat(project.connections().get("landing").setting("path")).isEqualTo("data/IT");
        assertThat(project.connections().get("safe").secrets().get("password").value())
                .isEqualTo("hunter2");
        assertThat(project.connections().get("safe")).hasToString("safe (vault)");
    }

    @Test
    void resolvesForANamedEnvironment() {
        ProjectFolder folder = project();
        folder.environment.put("PROD_PASSWORD", "s3cret");
        Project project = folder.load("prod", Map.of("size", "7")).project();

        assertThat(project).isNotNull();
        assertThat(project.environment().guarded()).isTrue();
        assertThat(project.connections().get("warehouse").setting("path")).isEqualTo("prod.duckdb");
        assertThat(project.connections().get("landing").setting("path")).isEqualTo("data/FR");
        assertThat(project.variables().get("size").typed()).isEqualTo(7L);
    }

    @Test
    void remembersWhatMustBeMasked() {
        Project project = project().project();
        Operation.Hash hash = (Operation.Hash)
                project.pipelines().get(0).stages().get(0).operations().get(0);

        assertThat(project.sensitive()).containsExactlyInAnyOrder("reader", "hunter2", "pepper");
        assertThat(hash.salt()).hasToString("***");
        assertThat(project.toString()).doesNotContain("hunter2");
    }

    @Test
    void laysFilesOverDefaultsAndKnowsWhereEachValueCameFrom() {
        PipelineSpec pipeline = project().project().pipelines().get(0);

        assertThat(pipeline.owner()).isEqualTo("data");
        assertThat(pipeline.errorHandling().maxRetries()).isEqualTo(1);
        assertThat(pipeline.errorHandling().deadLetters()).isTrue();
        assertThat(pipeline.origins())
                .contains(
                        new Origin("owner", "data", new Place("headworks.yml", 6, 10)),
                        new Origin("error_handling.max_retries", "1", new Place("p.yml", 7, 33)),
                        new Origin("error_handling.strategy", "dead-letter", new Place("headworks.yml", 7, 46)),
                        new Origin("transform.stages[0].operations[0].hash.salt", "***", new Place("p.yml", 5, 66)),
                        new Origin("tier", "2", null));
    }

    @Test
    void reportsWhatIsNotSetWithItsPlace() {
        ProjectFolder project = project();
        project.environment.remove("SAFE_PASSWORD");
        assertThat(project.messages())
                .containsExactly(
                        "headworks.yml:11:59: Cannot use connections.safe.password: environment variable SAFE_PASSWORD is not set | export SAFE_PASSWORD=…");
    }

    @Test
    void refusesUnknownEnvironmentsAndVariables() {
        LoadedProject loaded = project().load("prd", Map.of("contry", "IT", "size", "many"));
        assertThat(ProjectFolder.texts(loaded))
                .contains(
                        "(command line): Cannot set variable 'contry': it is not declared (declared: country, size) | did you mean 'country'?",
                        "(command line): Cannot set variable 'size': 'many' is no integer",
                        "headworks.yml: Cannot use environment 'prd': it is not known (allowed: dev, prod) | did you mean 'prod'?");
    }

    @Test
    void refusesValuesThatAreNotAllowed() {
        assertThat(ProjectFolder.texts(project().load(null, Map.of("country", "ES"))))
                .containsExactly("(command line): Cannot set variable 'country': 'ES' is not known (allowed: IT, FR)");
    }

    @Test
    void refusesTwoEnvironmentsWithOneTarget() {
        ProjectFolder same = project().with("headworks.yml", HEAD.replace("path: prod.duckdb", "path: dev.duckdb"));
        assertThat(same.codes()).containsExactly("headworks.yml:15:5 same-target");
    }

    @Test
    void warnsOfSecretsWrittenInFiles() {
        ProjectFolder literal = project().with("headworks.yml", HEAD.replace("\"${env:SAFE_PASSWORD}\"", "hunter2"));
        assertThat(literal.messages())
                .containsExactly(
                        "headworks.yml:11:59: Secret connections.safe.password is written in the file | write \"${env:NAME}\" or \"${file:path}\"");
        assertThat(literal.load().project()).isNotNull();
    }

    @Test
    void readsSecretsFromFiles() {
        Project project = project()
                .with("headworks.yml", HEAD.replace("${env:SAFE_PASSWORD}", "${file:secret.txt}"))
                .with("secret.txt", "from file\n")
                .project();
        assertThat(project.connections().get("safe").secrets().get("password").value())
                .isEqualTo("from file");
    }

    @Test
    void needsAProject() {
        ProjectFolder empty = new ProjectFolder(folder).with("a.yml", "external: [x]\n");
        assertThat(empty.messages())
                .singleElement()
                .asString()
                .startsWith("headworks.yml: Cannot read the project: there is no headworks.yml in ");
        assertThat(empty.with("headworks.yml", "connections: {}\n").codes())
                .containsExactly("a.yml:1:1 misplaced-key", "headworks.yml:0:0 no-project");
    }
}
