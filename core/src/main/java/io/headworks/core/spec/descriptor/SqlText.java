package io.headworks.core.spec.descriptor;

import io.headworks.api.engine.SqlInspector;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.ScalarPositions;
import io.headworks.core.spec.yaml.Source;
import org.jspecify.annotations.Nullable;

/**
 * SQL that a user wrote, to be read by an engine.
 *
 * @param path the key it is the value of
 * @param sql the text with its placeholders filled in
 * @param scalar the value that holds the text or names the file
 * @param file the file that holds the text; null when it stands in the YAML itself
 */
public record SqlText(
        String path,
        String sql,
        SqlInspector.Text.Kind kind,
        Node.Scalar scalar,
        @Nullable Source file) {

    /** Where a character of the text stands, as exactly as placeholders that were filled in allow. */
    public Place place(int offset) {
        if (file != null) {
            int bounded = Math.max(0, Math.min(offset, file.text().length()));
            return file.place(file.text().codePointCount(0, bounded));
        }
        return offset < 0 || !sql.equals(scalar.text()) ? scalar.place() : ScalarPositions.locate(scalar, offset);
    }
}
