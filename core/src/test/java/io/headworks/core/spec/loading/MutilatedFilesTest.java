package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file, the answer is a value: a project, or problems with places that exist. */
class MutilatedFilesTest {
    private static final String[] SCRAPS = {
        "{",
        "}",
        "[",
        "]",
        ":",
        " ",
        "\n",
        "\n  ",
        "\t",
        "'",
        "\"",
        "|",
        ">",
        "&a ",
        "*a",
        "!!x ",
        "- ",
        "#",
        "${env:X}",
        "${",
        "{{",
        "~",
        "null",
        "é",
        "\uD83D\uDE00",
        "---\n",
        "0",
        "%",
        ",",
        "? "
    };

    @TempDir
    Path folder;

    @RepeatedTest(40)
    void randomChangesNeverThrow() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> documents = TestProjects.acceptedDocuments();
        for (int round = 0; round < 5; round++) {
            String yaml = changed(documents.get(random.nextInt(documents.size())), random);
            LoadedProject loaded = ProjectFolder.in(folder).with("p.yml", yaml).load(null, Map.of());
            assertThat(loaded.problems()).as("seed " + seed + "\n" + yaml).isSortedAccordingTo(Problem.ORDER);
            long lines = yaml.chars().filter(c -> c == '\n').count() + 1;
            assertThat(loaded.problems())
                    .as("seed " + seed + "\n" + yaml)
                    .allSatisfy(problem -> assertThat(problem.line())
                            .isBetween(0, problem.file().equals("p.yml") ? (int) lines + 1 : 1_000));
        }
    }

    private static String changed(String yaml, Random random) {
        StringBuilder text = new StringBuilder(yaml);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(4));
            text.replace(at, end, SCRAPS[random.nextInt(SCRAPS.length)]);
        }
        return text.toString();
    }

    @Test
    void theReferenceProjectIsValid() {
        assertThat(new ProjectFolder(Path.of("..", "examples", "flights"))
                        .project()
                        .pipelines())
                .isNotEmpty();
    }
}
