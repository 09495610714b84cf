package io.headworks.core.spec.loading;

import io.headworks.api.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The SQL files below the folder of models. Files and folders whose names begin with a dot are left out. */
public final class ModelFiles {
    private static final String FOLDER = "models";
    private static final String ENDING = ".sql";

    private ModelFiles() {}

    /** Their paths relative to the project's folder, with {@code /}, in order. */
    public static List<String> below(Path project) throws IOException {
        Path folder = project.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return FileTree.files(folder).stream()
                .map(path -> project.relativize(path).toString().replace('\\', '/'))
                .filter(path -> path.endsWith(ENDING) && !path.contains("/."))
                .toList();
    }

    /** True for a file that is in the folder of models, or below it. */
    static boolean holds(String file) {
        return file.startsWith(FOLDER + "/");
    }

    /** The name of the model in a file. */
    public static String modelIn(String file) {
        return file.substring(file.lastIndexOf('/') + 1, file.length() - ENDING.length());
    }

    /** The folder of a file, with {@code /} at its end. */
    static String folderOf(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }
}
