package io.headworks.core.spec.format;

import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.Source;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The path of an {@code .sql} file of the project, or SQL itself. */
final class SqlBodyKind implements Kind<SqlBody> {
    /** In the engine's dialect, so that it can be inspected. */
    static final SqlBodyKind SELECT = new SqlBodyKind(true, text -> null);

    /** A query in the dialect of a source. */
    static final SqlBodyKind FOREIGN_QUERY = new SqlBodyKind(false, ForeignSql::notAQuery);

    /** A statement in the dialect of a target. */
    static final SqlBodyKind STATEMENT = new SqlBodyKind(false, ForeignSql::notAStatement);

    private static final String ALLOWED = "the path of a .sql file in the project's folder, or SQL itself";
    private final boolean inspected;
    private final Function<String, @Nullable String> refusal;

    private SqlBodyKind(boolean inspected, Function<String, @Nullable String> refusal) {
        this.inspected = inspected;
        this.refusal = refusal;
    }

    @Override
    public @Nullable SqlBody read(Node node, Reading in) {
        String text = in.text(node, ALLOWED);
        if (text == null || !(node instanceof Node.Scalar scalar)) {
            return null;
        }
        boolean inPlace = text.strip().matches("(?s)\\S+\\s.*") && !text.strip().endsWith(".sql");
        SqlBody body = inPlace ? inPlace(text, scalar, in) : file(text, scalar, in);
        String why = body == null ? null : refusal.apply(body.text());
        if (why != null) {
            in.refuse(scalar, "sql-syntax", why, null);
            return null;
        }
        return body;
    }

    private SqlBody inPlace(String text, Node.Scalar scalar, Reading in) {
        if (inspected) {
            in.mention(new SqlText(in.path(), text, Text.Kind.SELECT, scalar, null));
        }
        return new SqlBody(scalar.source().file(), text);
    }

    private @Nullable SqlBody file(String path, Node.Scalar scalar, Reading in) {
        ProjectFiles.Content content = in.files().read(path);
        String text = content.text();
        if (text == null) {
            in.refuse(
                    scalar,
                    "missing-file",
                    "cannot read '" + path + "': " + content.failure() + " (allowed: " + ALLOWED + ")",
                    null);
            return null;
        }
        if (text.isBlank()) {
            in.refuse(scalar, "invalid-value", "file '" + path + "' is empty", null);
            return null;
        }
        if (inspected) {
            in.mention(new SqlText(in.path(), text, Text.Kind.SELECT, scalar, new Source(path, text)));
        }
        return new SqlBody(path, text);
    }

    @Override
    public String label() {
        return "SQL file or SQL";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("type", "string");
    }
}
