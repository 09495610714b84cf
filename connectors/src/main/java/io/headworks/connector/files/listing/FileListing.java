package io.headworks.connector.files.listing;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.files.listing.PathPattern.Segment;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files below a folder that match a pattern, sorted by path. Names that begin with a dot or an underscore, and those
 * of unfinished files ({@code .tmp}, {@code .part} …), are passed over unless the pattern writes the first character
 * out. Folders that are symbolic links are entered where the pattern names them, not by {@code **}.
 */
public final class FileListing {
    private static final List<String> UNFINISHED =
            List.of(".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".swp", ".lock", "~");

    private final Path root;
    private final Path realRoot;
    private final PathPattern pattern;
    private final Map<String, Found> found = new TreeMap<>();
    private final List<String> unfinished = new ArrayList<>();

    /** A file that matches. */
    public record Found(String path, Path file, Map<String, String> values, BasicFileAttributes attributes) {}

    private FileListing(Path root, Path realRoot, PathPattern pattern) {
        this.root = root;
        this.realRoot = realRoot;
        this.pattern = pattern;
    }

    /** @throws HeadworksException when the folder is out of reach, or a match leads out of it or is no regular file */
    public static FileListing of(Path root, PathPattern pattern) {
        try {
            if (!Files.isDirectory(root)) {
                throw new HeadworksException(
                        FailureKind.SOURCE_UNREACHABLE, "Cannot list " + root + ": there is no such folder");
            }
            FileListing listing = new FileListing(root, root.toRealPath(), pattern);
            listing.walk(root, 0);
            return listing;
        } catch (IOException e) {
            throw new HeadworksException(
                    FailureKind.SOURCE_UNREACHABLE, "Cannot list " + root + ": " + e.getMessage(), null, e);
        }
    }

    public List<Found> files() {
        return List.copyOf(found.values());
    }

    /** Files that match but for being unfinished by their name, sorted. */
    public List<String> unfinished() {
        return unfinished.stream().sorted().distinct().toList();
    }

    private void walk(Path folder, int at) throws IOException {
        Segment segment = pattern.segments().get(at);
        boolean last = at == pattern.segments().size() - 1;
        if (segment.anyFolders()) {
            walk(folder, at + 1);
            for (Path child : children(folder)) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && !isHidden(name(child))) {
                    walk(child, at);
                }
            }
            return;
        }
        Collection<Path> candidates = segment.isLiteral() ? List.of(folder.resolve(segment.text())) : children(folder);
        for (Path child : candidates) {
            if (!segment.matches(name(child)) || !(segment.isLiteral() || isVisible(segment, child))) {
                continue;
            }
            if (last) {
                add(child);
            } else if (Files.isDirectory(child)) {
                requireInside(child);
                walk(child, at + 1);
            }
        }
    }

    private boolean isVisible(Segment segment, Path child) {
        String name = name(child);
        if (isHidden(name)) {
            return segment.text().charAt(0) == name.charAt(0);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        String pattern = segment.text().toLowerCase(Locale.ROOT);
        for (String suffix : UNFINISHED) {
            if (lower.endsWith(suffix) && !pattern.endsWith(suffix)) {
                unfinished.add(relative(child));
                return false;
            }
        }
        return true;
    }

    private void add(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(file)) {
            return;
        }
        requireInside(file);
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw refused(file, "it is no regular file (devices and pipes are not read)");
        }
        String path = relative(file);
        pattern.match(path).ifPresent(values -> found.put(path, new Found(path, file, values, attributes)));
    }

    private void requireInside(Path path) throws IOException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            throw refused(path, "it is a symbolic link that leads nowhere");
        }
        if (!real.startsWith(realRoot)) {
            throw refused(path, "it leads out of the connection's folder");
        }
    }

    private HeadworksException refused(Path path, String why) {
        return new HeadworksException(FailureKind.RUN, "Cannot read " + relative(path) + ": " + why);
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private String relative(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }
}
