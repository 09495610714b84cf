package io.headworks.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.source.FileReading.Changed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileSelectionTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-01-06T00:00:00Z");

    private final FileStamp a = file("a.csv", 10, MONDAY, "aa");
    private final FileStamp b = file("b.csv", 20, MONDAY, "bb");

    @ParameterizedTest
    @EnumSource(Changed.class)
    void readsEverythingOnAFirstRun(Changed changed) {
        FileSelection selection = new FileSelection(List.of(b, a), List.of(), changed, false);

        assertThat(selection.toRead()).containsExactly(a, b);
        assertThat(selection.after(false).files()).containsExactly(a, b);
    }

    @ParameterizedTest
    @EnumSource(Changed.class)
    void readsNothingWhenNothingMoved(Changed changed) {
        FileSelection selection = new FileSelection(List.of(a, b), List.of(a, b), changed, true);

        assertThat(selection.toRead()).isEmpty();
        assertThat(selection.vanished()).isEmpty();
    }

    @Test
    void aTouchedFileWithTheSameContentIsNewByStatOnly() {
        FileStamp touched = file("a.csv", 10, TUESDAY, "aa");

        assertThat(modified(Changed.NAME, a, touched)).isEmpty();
        assertThat(modified(Changed.STAT, a, touched)).containsExactly(touched);
        assertThat(modified(Changed.CONTENT, a, touched)).isEmpty();
    }

    @Test
    void aRewrittenFileOfTheSameSizeAndTimeIsNewByContentOnly() {
        FileStamp rewritten = file("a.csv", 10, MONDAY, "ff");

        assertThat(modified(Changed.NAME, a, rewritten)).isEmpty();
        assertThat(modified(Changed.STAT, a, rewritten)).isEmpty();
        assertThat(modified(Changed.CONTENT, a, rewritten)).containsExactly(rewritten);
    }

    @Test
    void contentFallsBackOnStatWhereNoHashWasKept() {
        FileStamp unhashed = file("a.csv", 10, MONDAY, null);

        assertThat(modified(Changed.CONTENT, unhashed, a)).isEmpty();
        assertThat(modified(Changed.CONTENT, unhashed, file("a.csv", 11, MONDAY, "aa")))
                .hasSize(1);
        assertThat(new FileSelection(List.of(a), List.of(unhashed), Changed.CONTENT, false)
                        .after(false)
                        .files())
                .as("the hash is filled in")
                .containsExactly(a);
    }

    @Test
    void keepsTheStampOfAFileThatIsKnownByName() {
        FileStamp rewritten = file("a.csv", 99, TUESDAY, "ff");

        assertThat(new FileSelection(List.of(rewritten), List.of(a), Changed.NAME, false)
                        .after(false)
                        .files())
                .containsExactly(a);
    }

    @Test
    void aVanishedFileStaysKnownUnlessItIsForgotten() {
        FileSelection selection = new FileSelection(List.of(a), List.of(a, b), Changed.CONTENT, false);

        assertThat(selection.vanished()).containsExactly(b);
        assertThat(selection.toRead()).isEmpty();
        assertThat(selection.after(false).files()).containsExactly(a, b);
        assertThat(selection.after(true).files()).containsExactly(a);
    }

    @Test
    void aPartitionIsReadWholeWhenOneFileOfItIsNewChangedOrGone() {
        FileStamp january1 = dated("2026-01", "1.csv", "11");
        FileStamp january2 = dated("2026-01", "2.csv", "12");
        FileStamp february1 = dated("2026-02", "1.csv", "21");
        FileStamp february2 = dated("2026-02", "2.csv", "22");
        FileStamp march = dated("2026-03", "1.csv", "31");

        FileSelection selection = new FileSelection(
                List.of(january1, january2, february1, march),
                List.of(january1, february1, february2, march),
                Changed.CONTENT,
                true);

        assertThat(selection.toRead())
                .as("January has a new file, February lost one, March is as it was")
                .containsExactly(january1, january2, february1);
        assertThat(selection.emptiedPartitions()).isEmpty();
    }

    @Test
    void aPartitionThatLostItsLastFileIsNamed() {
        FileStamp january = dated("2026-01", "1.csv", "11");
        FileStamp february = dated("2026-02", "1.csv", "21");

        FileSelection selection =
                new FileSelection(List.of(january), List.of(january, february), Changed.CONTENT, true);

        assertThat(selection.toRead()).isEmpty();
        assertThat(selection.emptiedPartitions()).containsExactly(february);
    }

    @Test
    void withoutPathValuesTheFolderIsThePartition() {
        FileStamp one = file("x/1.csv", 1, MONDAY, "1");
        FileStamp two = file("x/2.csv", 1, MONDAY, "2");
        FileStamp other = file("y/1.csv", 1, MONDAY, "3");

        assertThat(new FileSelection(List.of(one, two, other), List.of(one, other), Changed.NAME, true).toRead())
                .containsExactly(one, two);
    }

    private static List<FileStamp> modified(Changed changed, FileStamp before, FileStamp now) {
        return new FileSelection(List.of(now), List.of(before), changed, false).modified();
    }

    private static FileStamp file(String path, long bytes, Instant modified, @Nullable String hash) {
        return new FileStamp(path, bytes, modified, hash, Map.of());
    }

    private static FileStamp dated(String month, String name, String hash) {
        return new FileStamp(month + "/" + name, 5, MONDAY, hash, Map.of("month", month));
    }
}
