package io.headworks.connector.files;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.file.FileTree;
import io.headworks.connector.files.text.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups of readable files below a folder: one path for a single file, {@code folder/*.csv} for several of a kind. */
final class FileGroups {
    private static final int MAX_DEPTH = 8;

    private FileGroups() {}

    static List<String> below(Path root) {
        Map<String, String> onlyFile = new TreeMap<>();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        try {
            FileTree.files(root, MAX_DEPTH).stream()
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .filter(path -> !path.matches("(.*/)?[._].*")
                            && FileFormats.byName(path).isPresent())
                    .forEach(path -> {
                        String group = group(path);
                        onlyFile.putIfAbsent(group, path);
                        sizes.merge(group, 1, Integer::sum);
                    });
        } catch (IOException e) {
            throw new HeadworksException(
                    FailureKind.SOURCE_UNREACHABLE, "Cannot list " + root + ": " + e.getMessage(), null, e);
        }
        return onlyFile.entrySet().stream()
                .map(entry -> sizes.getOrDefault(entry.getKey(), 0) > 1 ? entry.getKey() : entry.getValue())
                .toList();
    }

    private static String group(String path) {
        int slash = path.lastIndexOf('/') + 1;
        String plain = Compression.byName(path).strip(path);
        return path.substring(0, slash) + "*" + path.substring(plain.lastIndexOf('.'));
    }
}
