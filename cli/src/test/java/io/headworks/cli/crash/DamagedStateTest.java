package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.cli.Hw;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The local state is damaged, cut off, gone or old. The next run either loads what is new and nothing else, or stops and
 * says that {@code hw state rebuild} makes it anew; then it does, and the run loads what is new.
 */
class DamagedStateTest {
    private final long seed = Long.getLong("headworks.seed", System.nanoTime());

    @TempDir
    Path folder;

    private CrashProject project;
    private Path old;
    private Stored right;

    /** What is done to a copy of the state file. */
    private interface Damage {
        void to(Path state) throws Exception;
    }

    /** Append shows whoever loads a file twice. */
    @BeforeEach
    void loadTwice() throws Exception {
        Combination append = new Combination("duckdb", Strategy.APPEND, true, false);
        project = CrashProject.make(append, folder.resolve("project"));
        run(project);
        old = Files.copy(state(project), folder.resolve("old.db"));
        append.grow(project.folder());
        run(project);
        append.change(project.folder());
        try (CrashProject undamaged = project.copyTo(folder.resolve("right"))) {
            run(undamaged);
            right = Stored.read(undamaged);
        }
    }

    private static void run(CrashProject project) {
        Hw.Result result = new Hw(project.folder()).run("run", "load");
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }

    private static Path state(CrashProject project) {
        return project.folder().resolve(".headworks/state.db");
    }

    @Test
    @Tag("ci")
    void aFewDamagesAreFoundOrDoNoHarm() throws Exception {
        damage(4, 1);
    }

    @Test
    @Tag("slow")
    void everyDamageIsFoundOrDoesNoHarm() throws Exception {
        damage(200, 100);
    }

    private void damage(int flips, int cuts) throws Exception {
        byte[] sound = Files.readAllBytes(state(project));
        Random random = new Random(seed);
        Map<String, Damage> damages = new LinkedHashMap<>();
        damages.put("missing", Files::delete);
        damages.put("old", state -> Files.copy(old, state, StandardCopyOption.REPLACE_EXISTING));
        damages.put("empty", state -> Files.write(state, new byte[0]));
        for (int i = 0; i < flips; i++) {
            int offset = (int) ((long) sound.length * i / flips) + random.nextInt(Math.max(1, sound.length / flips));
            int bit = 1 << random.nextInt(8);
            damages.put("byte " + offset + " flipped by " + bit, state -> {
                byte[] bytes = sound.clone();
                bytes[offset] ^= (byte) bit;
                Files.write(state, bytes);
            });
        }
        for (int i = 1; i <= cuts; i++) {
            int size = (int) ((long) sound.length * i / (cuts + 1));
            damages.put("cut to " + size, state -> Files.write(state, Arrays.copyOf(sound, size)));
        }
        int found = 0;
        for (Map.Entry<String, Damage> each : damages.entrySet()) {
            found += isFound(each.getKey() + " of " + sound.length + ", seed " + seed, each.getValue()) ? 1 : 0;
        }
        System.out.println("of " + damages.size() + " damages " + found + " were found, the others did no harm");
    }

    /** False when the run did right in spite of it. */
    private boolean isFound(String name, Damage damage) throws Exception {
        try (CrashProject damaged =
                project.copyTo(folder.resolve(UUID.randomUUID().toString()))) {
            damage.to(state(damaged));
            Hw hw = new Hw(damaged.folder());
            Hw.Result result = hw.run("run", "load");
            boolean found = result.exitCode() != 0;
            if (found) {
                assertThat(result.out() + result.err()).as(name).contains("hw state rebuild");
                Hw.Result rebuilt = hw.run("state", "rebuild");
                assertThat(rebuilt.exitCode()).as(name + ": " + rebuilt).isZero();
                Hw.Result again = hw.run("run", "load");
                assertThat(again.exitCode()).as(name + ": " + again).isZero();
            }
            Stored stored = Stored.read(damaged);
            assertThat(stored.content()).as(name).isEqualTo(right.content());
            assertThat(stored.ledger()).as(name).isEqualTo(right.ledger());
            assertThat(new Hw(damaged.folder()).run("run", "load").out())
                    .as(name)
                    .contains("nothing to do");
            return found;
        }
    }
}
