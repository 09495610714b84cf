package io.headworks.connector.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterLockTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("lock");
    }

    @Test
    void isRefusedASecondTimeInThisProcessUntilItIsFreed() throws Exception {
        try (WriterLock held = WriterLock.tryTake(file()).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(WriterLock.tryTake(file())).isEmpty();
        }
        Optional<WriterLock> again = WriterLock.tryTake(file());
        assertThat(again).isPresent();
        again.get().close();
    }

    @Test
    void isRefusedToAnotherProcessEvenAfterARefusalHere() throws Exception {
        try (WriterLock held = WriterLock.tryTake(file()).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(WriterLock.tryTake(file())).isEmpty();
            Process other = HoldsLock.start(file());
            assertThat(firstLine(other)).isEqualTo("refused");
            assertThat(other.waitFor()).isZero();
        }
    }

    @Test
    void isFreedWhenItsHolderIsKilled() throws Exception {
        Process other = HoldsLock.start(file());
        assertThat(firstLine(other)).isEqualTo("taken");
        assertThat(WriterLock.tryTake(file())).isEmpty();
        other.destroyForcibly().waitFor();
        Optional<WriterLock> mine = WriterLock.tryTake(file());
        assertThat(mine).isPresent();
        mine.get().close();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
