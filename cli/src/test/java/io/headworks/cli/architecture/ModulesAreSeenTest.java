package io.headworks.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A rule over classes that are not on the class path always holds: this says that they are there. */
final class ModulesAreSeenTest {
    @Test
    void everyModuleIsOnTheClassPathOfTheRules() {
        Set<String> roots = new ClassFileImporter()
                .withImportOption(new ProductionCode()).importPackages("io.headworks").stream()
                        .map(JavaClass::getPackageName)
                        .map(name -> name.split("\\.")[2])
                        .collect(Collectors.toSet());

        assertThat(roots).containsExactlyInAnyOrder("api", "core", "duckdb", "connector", "server", "testkit", "cli");
    }
}
