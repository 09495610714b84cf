package io.headworks.cli.lsp;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.SqlInspector;
import io.headworks.core.editor.EditedProject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The projects of the files that an editor has open: a file belongs to the nearest folder above it with a headworks.yml. */
final class Projects {
    private static final String HEAD = "headworks.yml";

    private final List<Connector> connectors;
    private final Supplier<SqlInspector> inspector;
    private final Map<Path, EditedProject> open = new LinkedHashMap<>();

    Projects(List<Connector> connectors, Supplier<SqlInspector> inspector) {
        this.connectors = connectors;
        this.inspector = inspector;
    }

    /** A file of a project. */
    record Member(Path folder, EditedProject project, String file) {}

    /** Empty for a file that belongs to no project. */
    Optional<Member> of(String uri) {
        Path path = path(uri);
        if (path == null) {
            return Optional.empty();
        }
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(HEAD))) {
                EditedProject project =
                        open.computeIfAbsent(folder, each -> new EditedProject(each, connectors, inspector));
                String file = folder.relativize(path).toString().replace('\\', '/');
                return Optional.of(new Member(folder, project, file));
            }
        }
        return Optional.empty();
    }

    Map<Path, EditedProject> all() {
        return open;
    }

    private static @Nullable Path path(String uri) {
        URI parsed = URI.create(uri);
        return "file".equals(parsed.getScheme()) ? Path.of(parsed).normalize() : null;
    }
}
