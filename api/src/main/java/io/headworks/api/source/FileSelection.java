package io.headworks.api.source;

import io.headworks.api.source.FileReading.Changed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files an incremental run reads: the files present against those loaded before. All answers are sorted by path
 * and depend on nothing but the components.
 *
 * <p>A <em>partition</em> is the set of files with the same values of the {@code {column}} parts of their path, or, where
 * the path has none, with the same parent folder.
 *
 * @param present the files that are there and ready
 * @param known the files of the committed position; empty on a first run
 * @param changed when a known file counts as new again
 * @param rereadPartition a partition with a new, changed or vanished file is read whole
 */
public record FileSelection(List<FileStamp> present, List<FileStamp> known, Changed changed, boolean rereadPartition) {

    private static final Comparator<FileStamp> BY_PATH = Comparator.comparing(FileStamp::path);

    public FileSelection {
        present = present.stream().sorted(BY_PATH).toList();
        known = known.stream().sorted(BY_PATH).toList();
    }

    /** Files whose path was never loaded. */
    public List<FileStamp> added() {
        Map<String, FileStamp> before = byPath(known);
        return present.stream().filter(file -> !before.containsKey(file.path())).toList();
    }

    /** Known files that count as new again, as they are now. */
    public List<FileStamp> modified() {
        Map<String, FileStamp> before = byPath(known);
        return present.stream()
                .filter(file -> differs(before.get(file.path()), file))
                .toList();
    }

    /** Known files that are no longer there, as they were. */
    public List<FileStamp> vanished() {
        Map<String, FileStamp> now = byPath(present);
        return known.stream().filter(file -> !now.containsKey(file.path())).toList();
    }

    /** The files to read: new and changed ones, and with {@code rereadPartition} their neighbours and those of vanished ones. */
    public List<FileStamp> toRead() {
        List<FileStamp> fresh = new ArrayList<>(added());
        fresh.addAll(modified());
        if (!rereadPartition) {
            return fresh.stream().sorted(BY_PATH).toList();
        }
        Set<Object> partitions = partitions(fresh);
        partitions.addAll(partitions(vanished()));
        return present.stream()
                .filter(file -> partitions.contains(partition(file)))
                .toList();
    }

    /** Partitions of which no file is left: the path values (or parent folder) of one vanished file each. */
    public List<FileStamp> emptiedPartitions() {
        Set<Object> left = partitions(present);
        Map<Object, FileStamp> gone = new LinkedHashMap<>();
        for (FileStamp file : vanished()) {
            if (!left.contains(partition(file))) {
                gone.putIfAbsent(partition(file), file);
            }
        }
        return List.copyOf(gone.values());
    }

    /**
     * The position to commit with the rows of {@link #toRead()}.
     *
     * @param forgetVanished false keeps vanished files in the position, so that one that comes back unchanged is not
     *     loaded twice; true where their rows are deleted with this run
     */
    public Position.Files after(boolean forgetVanished) {
        Map<String, FileStamp> files = forgetVanished ? new TreeMap<>() : byPath(known);
        Map<String, FileStamp> before = byPath(known);
        for (FileStamp file : present) {
            FileStamp old = before.get(file.path());
            files.put(file.path(), old == null || rereadPartition || differs(old, file) ? file : refreshed(old, file));
        }
        return new Position.Files(List.copyOf(files.values()));
    }

    /** An unchanged file keeps the stamp it was loaded with; only what was not known then is filled in. */
    private FileStamp refreshed(FileStamp old, FileStamp now) {
        return switch (changed) {
            case NAME -> old;
            case STAT, CONTENT ->
                now.contentHash() == null && old.contentHash() != null
                        ? new FileStamp(now.path(), now.bytes(), now.modified(), old.contentHash(), now.pathValues())
                        : now;
        };
    }

    private boolean differs(@Nullable FileStamp old, FileStamp now) {
        if (old == null) {
            return false;
        }
        return switch (changed) {
            case NAME -> false;
            case STAT -> statDiffers(old, now);
            case CONTENT ->
                old.contentHash() == null || now.contentHash() == null
                        ? statDiffers(old, now)
                        : !old.contentHash().equals(now.contentHash());
        };
    }

    private static boolean statDiffers(FileStamp old, FileStamp now) {
        return old.bytes() != now.bytes() || !old.modified().equals(now.modified());
    }

    private static Set<Object> partitions(List<FileStamp> files) {
        Set<Object> partitions = new HashSet<>();
        files.forEach(file -> partitions.add(partition(file)));
        return partitions;
    }

    private static Object partition(FileStamp file) {
        int slash = file.path().lastIndexOf('/');
        return file.pathValues().isEmpty() ? file.path().substring(0, Math.max(slash, 0)) : file.pathValues();
    }

    private static Map<String, FileStamp> byPath(List<FileStamp> files) {
        Map<String, FileStamp> map = new TreeMap<>();
        files.forEach(file -> map.put(Objects.requireNonNull(file.path()), file));
        return map;
    }
}
