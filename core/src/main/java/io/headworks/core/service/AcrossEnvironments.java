package io.headworks.core.service;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.Environment;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tables of several environments side by side: {@code orders@prod} is the table of that environment, in a connection {@code
 * warehouse@prod} of the project at hand.
 */
public final class AcrossEnvironments {
    private final Project here;
    private final Loader loader;
    private final Map<String, Project> others = new HashMap<>();
    private final Map<String, Connection> connections = new LinkedHashMap<>();

    /** Reads the project for another environment. */
    public interface Loader {
        Project load(String environment);
    }

    public AcrossEnvironments(Project here, Loader loader) {
        this.here = here;
        this.loader = loader;
        connections.putAll(here.connections());
    }

    /** What a name means in the project at hand; one that ends in no environment's name stays as it is. */
    public String resolve(String verb, String written) {
        int at = written.lastIndexOf('@');
        String environment = at < 0 ? "" : written.substring(at + 1);
        if (here.environments().stream().map(Environment::name).noneMatch(environment::equals)) {
            return written;
        }
        Project other = others.computeIfAbsent(environment, loader::load);
        DatasetName dataset = new NamedDataset(other).of(verb, written.substring(0, at));
        Connection connection = other.connections().get(String.valueOf(dataset.connection()));
        if (connection == null) {
            return written;
        }
        String name = dataset.connection() + "@" + environment;
        connections.put(
                name,
                new Connection(
                        name,
                        connection.type(),
                        connection.projectFolder(),
                        connection.settings(),
                        connection.secrets()));
        return name + ":" + dataset.table();
    }

    /** The project at hand, which knows the connections of what was resolved too. */
    public Project project() {
        return here.connected(connections);
    }

    /** The pipeline that writes a dataset, whichever environment it is in. */
    public Optional<PipelineSpec> producer(DatasetName dataset) {
        String connection = String.valueOf(dataset.connection());
        int at = connection.lastIndexOf('@');
        Project project = at < 0 ? here : others.getOrDefault(connection.substring(at + 1), here);
        return project.producer(at < 0 ? dataset : new DatasetName(connection.substring(0, at), dataset.table()));
    }
}
