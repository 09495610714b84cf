package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.AlertChannel;
import io.headworks.core.spec.Elsewhere;
import io.headworks.core.spec.Environment;
import io.headworks.core.spec.LintRule;
import io.headworks.core.spec.Variable;
import io.headworks.core.spec.descriptor.Known;
import io.headworks.core.spec.descriptor.Placeholders;
import io.headworks.core.spec.format.ProjectFormat;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What headworks.yml says, resolved for an environment; where it is wrong, what could be read of it. */
record ProjectHead(
        ProjectFormat.Identity identity,
        Environment environment,
        @Nullable Elsewhere elsewhere,
        List<Environment> environments,
        Map<String, EnvironmentTargets> targets,
        Map<String, Variable> variables,
        Map<String, Connection> connections,
        List<DatasetName> external,
        Map<String, AlertChannel> alertChannels,
        Set<LintRule> lintOff,
        Node.@Nullable Mapping defaults,
        Known known,
        Placeholders placeholders) {

    /** Where an environment's connections lead, as they are written; and where the environment itself stands. */
    record EnvironmentTargets(Node node, Map<String, Node> connections) {}
}
