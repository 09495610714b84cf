package io.headworks.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;

/**
 * The arrows between modules and packages, as docs/decisions/0001 draws them. This module is the only one that sees all
 * the others. Rules about packages that may still be empty say so with {@code allowEmptyShould}; that the modules
 * themselves are seen is what {@link ModulesAreSeenTest} holds.
 */
@AnalyzeClasses(packages = "io.headworks", importOptions = ProductionCode.class)
final class ArchitectureTest {
    private static final String API = "io.headworks.api..";
    private static final String CORE = "io.headworks.core..";
    private static final String PLAN = "io.headworks.core.plan..";
    private static final String DUCKDB = "io.headworks.duckdb..";
    private static final String CONNECTORS = "io.headworks.connector..";
    private static final String SERVER = "io.headworks.server..";
    private static final String CLI = "io.headworks.cli..";
    private static final String TESTKIT = "io.headworks.testkit..";
    private static final String BENCH = "io.headworks.bench..";
    private static final Set<String> STAGES = Set.of("extract", "transform", "gate", "load", "record");

    @ArchTest
    static final ArchRule API_NEEDS_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage(API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(API, "java..", "javax..", "org.jspecify..")
            .because("an author of a connector must be able to read and bind to all of it");

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_ENGINE_CONNECTOR_OR_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DUCKDB, CONNECTORS, SERVER, CLI, TESTKIT, BENCH)
            .allowEmptyShould(true)
            .because("these are found by ServiceLoader or sit above it");

    @ArchTest
    static final ArchRule ENGINE_AND_CONNECTORS_SEE_THE_API_ALONE = noClasses()
            .that()
            .resideInAnyPackage(DUCKDB, CONNECTORS)
            .should()
            .dependOnClassesThat(resideInAPackage("io.headworks..")
                    .and(not(resideInAPackage(API)))
                    .and(not(resideInAnyPackage(DUCKDB, CONNECTORS))))
            .because("what they need of the product belongs into the API");

    @ArchTest
    static final ArchRule ENGINE_KNOWS_NO_CONNECTOR = noClasses()
            .that()
            .resideInAPackage(DUCKDB)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONNECTORS)
            .because("each can be left out");

    @ArchTest
    static final ArchRule CONNECTORS_KNOW_NO_ENGINE = noClasses()
            .that()
            .resideInAPackage(CONNECTORS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DUCKDB)
            .because("each can be left out");

    @ArchTest
    static final ArchRule CONNECTORS_DO_NOT_SEE_EACH_OTHER = slices().matching("io.headworks.connector.(*)..")
            .should()
            .notDependOnEachOther()
            // Shared by those whose storage is a single-writer file, and by those that speak SQL.
            .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage("io.headworks.connector.lock"))
            .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage("io.headworks.connector.relational"))
            // Shared by those that reach a server, and by those that read JDBC's results.
            .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage("io.headworks.connector.server"))
            .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage("io.headworks.connector.result"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PRODUCTION_CODE_DOES_NOT_SEE_THE_TEST_KIT = noClasses()
            .that(not(resideInAnyPackage(TESTKIT, BENCH)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TESTKIT, "org.junit..", "org.assertj..");

    @ArchTest
    static final ArchRule SERVER_SEES_CORE_AND_API_ALONE = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DUCKDB, CONNECTORS, CLI, TESTKIT, BENCH, "java.sql..")
            .because("it shows what the state remembers: a target that it opened would be held");

    @ArchTest
    static final ArchRule SERVER_RUNS_NOTHING_ITSELF = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.headworks.core.service.Workbench")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.headworks.core.run.PipelineRun")
            .because("runs happen in processes of their own");

    @ArchTest
    static final ArchRule THE_WEB_SERVER_HAS_ONE_DOOR = onlyIn("io.javalin..", SERVER);

    @ArchTest
    static final ArchRule TEMPLATES_HAVE_ONE_DOOR = onlyIn("gg.jte..", "io.headworks.server.page..");

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_SERVER =
            slices().matching("io.headworks.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TEST_KIT_KNOWS_NOTHING_THAT_IT_TESTS = noClasses()
            .that()
            .resideInAPackage(TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DUCKDB, CONNECTORS, SERVER, CLI);

    @ArchTest
    static final ArchRule PLANNING_IS_PURE = noClasses()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..", "javax.sql..")
                            .or(equivalentTo(Clock.class))
                            // those that open something; the values beside them are welcome
                            .or(nameMatching(".*\\.api\\.engine\\.(Engine|EngineFactory|EngineSession|SqlInspector)"))
                            .or(nameMatching(".*\\.api\\.(source\\.Source|target\\.Target)")))
            .allowEmptyShould(true)
            .because("a plan is a function of values: no clock, file, socket, JDBC or engine");

    @ArchTest
    static final ArchRule PLANNING_READS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .allowEmptyShould(true)
            .because("now is an argument");

    @ArchTest
    static final ArchRule STAGES_DO_NOT_SEE_EACH_OTHER = slices().matching("io.headworks.core.(*)..")
            .that(DescribedPredicate.describe("are stages", slice -> STAGES.contains(slice.getNamePart(1))))
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true)
            .because("each sees the API and its own step; what flows between them is in the plan");

    @ArchTest
    static final ArchRule YAML_ENTERS_IN_SPEC = onlyIn("org.snakeyaml..", "io.headworks.core.spec..");

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_CLI = onlyIn("picocli..", CLI);

    @ArchTest
    static final ArchRule THE_PROTOCOL_OF_EDITORS_HAS_ONE_DOOR =
            onlyIn("org.eclipse.lsp4j..", "io.headworks.cli.lsp..");

    @ArchTest
    static final ArchRule SQLITE_HAS_TWO_DOORS =
            onlyIn("org.sqlite..", "io.headworks.core.state..", "io.headworks.connector.sqlite..");

    @ArchTest
    static final ArchRule POSTGRESQL_HAS_ONE_DOOR = onlyIn("org.postgresql..", "io.headworks.connector.postgres..");

    @ArchTest
    static final ArchRule MYSQL_HAS_ONE_DOOR = onlyIn("org.mariadb..", "io.headworks.connector.mysql.session..");

    /** Drivers of JDBC are the projects', and loaded apart. */
    @ArchTest
    static final ArchRule DERBY_STAYS_IN_THE_TEST_KIT = onlyIn("org.apache.derby..", TESTKIT);

    @ArchTest
    static final ArchRule HSQLDB_STAYS_IN_THE_TEST_KIT = onlyIn("org.hsqldb..", TESTKIT);

    @ArchTest
    static final ArchRule DUCKDB_STAYS_IN_ITS_MODULE = onlyIn("org.duckdb..", DUCKDB);

    @ArchTest
    static final ArchRule STANDARD_STREAMS_STAY_IN_CLI = noClasses()
            .that(not(resideInAnyPackage(CLI, TESTKIT, BENCH)))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in")
            .because("standard output carries documents that programs read");

    @ArchTest
    static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS = noClasses()
            .that(not(resideInAnyPackage(CLI, TESTKIT, BENCH)))
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("a run inside a server must not take the server along");

    @ArchTest
    static final ArchRule NO_CYCLES_IN_API =
            slices().matching("io.headworks.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_CORE = slices().matching("io.headworks.core.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_ENGINE = slices().matching("io.headworks.duckdb.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_CYCLES_IN_CLI = slices().matching("io.headworks.cli.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .because("such a name fits anything");

    /** One door for a library: nothing outside these packages touches it. */
    private static ArchRule onlyIn(String library, String... doors) {
        return noClasses()
                .that(not(resideInAnyPackage(doors)).and(not(resideInAPackage(BENCH))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("a library has one door");
    }
}
