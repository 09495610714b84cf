package io.headworks.connector.files.columns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was detected in several files, key by key: one value where all agree, else each with its files. */
public final class Detected {
    private final Map<String, Map<String, List<String>>> filesByValueByKey = new LinkedHashMap<>();

    public void add(String path, Map<String, String> detected) {
        detected.forEach((key, value) -> filesByValueByKey
                .computeIfAbsent(key, k -> new LinkedHashMap<>())
                .computeIfAbsent(value, v -> new ArrayList<>())
                .add(path));
    }

    public Map<String, String> summary() {
        Map<String, String> summary = new LinkedHashMap<>();
        filesByValueByKey.forEach((key, files) -> summary.put(
                key,
                files.size() == 1
                        ? files.keySet().iterator().next()
                        : files.entrySet().stream()
                                .map(entry -> entry.getKey() + " (" + shortened(entry.getValue()) + ")")
                                .collect(Collectors.joining(", "))));
        return summary;
    }

    private static String shortened(List<String> paths) {
        return paths.size() == 1 ? paths.get(0) : paths.get(0) + " and " + (paths.size() - 1) + " more";
    }
}
