package io.headworks.core.spec.loading;

import io.headworks.core.spec.yaml.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a YAML document below the folder of models says of the models in its own folder and below.
 *
 * @param defaults for all of them
 * @param models for one each, by name
 */
record ModelSettings(String file, Node.@Nullable Mapping defaults, Node.@Nullable Mapping models) {

    boolean reaches(String sqlFile) {
        return sqlFile.startsWith(ModelFiles.folderOf(file));
    }
}
