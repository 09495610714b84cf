package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Draft;
import io.headworks.core.imports.Finding;
import io.headworks.core.imports.NewFile;
import io.headworks.core.imports.YamlText;
import io.headworks.core.spec.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of an imported project: with the settings of its models in one file for each folder. */
final class DbtFiles implements Draft.Rewritten {
    private static final Pattern MODEL = Pattern.compile("  \"?([^\" :]+)\"?:.*");

    private final Map<String, NewFile> files = new LinkedHashMap<>();
    private final Map<String, String> settingsFiles = new TreeMap<>();
    private final List<Finding> findings;
    private final Map<String, String> owners;

    /** @param settings by path below the folder of models */
    DbtFiles(
            Map<String, NewFile> files,
            Map<String, Map<String, Object>> settings,
            List<Finding> findings,
            Map<String, String> owners) {
        this.findings = findings.stream().sorted(Finding.ORDER).distinct().toList();
        this.owners = owners;
        Map<String, Map<String, Object>> byFolder = new TreeMap<>();
        settings.forEach((below, of) -> {
            int slash = below.lastIndexOf('/');
            String folder = slash < 0 ? "" : below.substring(0, slash + 1);
            String name = below.substring(slash + 1).replaceFirst("\\.sql$", "");
            byFolder.computeIfAbsent(folder, each -> new TreeMap<>()).put(name, of);
        });
        byFolder.forEach((folder, models) ->
                settingsFiles.put("models/" + folder + "models.yml", YamlText.of(Map.of("models", models))));
        if (!settings.isEmpty()) {
            settingsFiles.merge(
                    "models/models.yml",
                    "defaults:\n  load: {connection: warehouse}\n",
                    (models, defaults) -> defaults + models);
        }
        this.files.putAll(files);
        settingsFiles.forEach((name, text) -> this.files.put(name, new NewFile.Written(text)));
    }

    @Override
    public Map<String, NewFile> files() {
        return Collections.unmodifiableMap(files);
    }

    @Override
    public List<Finding> findings() {
        return findings;
    }

    @Override
    public String owner(Problem problem) {
        String text = settingsFiles.get(problem.file());
        return text == null ? owners.getOrDefault(problem.file(), "") : model(text, problem);
    }

    /** The model in whose settings a line stands. */
    private String model(String text, Problem problem) {
        String name = "";
        List<String> lines = text.lines().toList();
        boolean models = false;
        for (int i = 0; i < Math.min(problem.line(), lines.size()); i++) {
            models |= lines.get(i).equals("models:");
            Matcher matcher = MODEL.matcher(lines.get(i));
            name = models && matcher.matches() ? matcher.group(1) : name;
        }
        String stem = "/" + name + ".sql";
        return owners.entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith("models/") && each.getKey().endsWith(stem))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
