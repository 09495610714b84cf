package io.headworks.core.imports.dbt;

import io.headworks.core.imports.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The file headworks.yml of an imported project. */
final class DbtHead {
    private DbtHead() {}

    static String of(
            String name, String id, DbtProfile profile, DbtVariables variables, boolean seeds, Set<String> external) {
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("name", name(name));
        project.put("id", id);
        Map<String, Object> connections = new LinkedHashMap<>();
        connections.put("warehouse", profile.connection());
        if (seeds) {
            Map<String, Object> files = new LinkedHashMap<>();
            files.put("type", "files");
            files.put("path", "seeds");
            connections.put("seeds", files);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("project", project);
        if (!variables.declared().isEmpty()) {
            all.put("variables", variables.declared());
        }
        all.put("connections", connections);
        if (profile.existing()) {
            all.put("environments", environments());
        }
        if (!external.isEmpty()) {
            all.put("external", new ArrayList<Object>(external));
        }
        return (profile.existing()
                        ? "# In the environment 'trial' every table has a name that begins with hw_, so that those of dbt stay\n"
                                + "# as they are. --env prod writes under the names that dbt uses.\n"
                        : "")
                + YamlText.of(all);
    }

    /** Nothing that dbt has made is written over before somebody says so. */
    private static Map<String, Object> environments() {
        Map<String, Object> trial = new LinkedHashMap<>();
        trial.put("default", true);
        trial.put("schema_prefix", "hw_");
        Map<String, Object> environments = new LinkedHashMap<>();
        environments.put("trial", trial);
        environments.put("prod", Map.of("guard", true));
        return environments;
    }

    static String name(String written) {
        String letters =
                written.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[0-9_]+|_+$", "");
        return letters.isEmpty() ? "project" : letters;
    }
}
