package io.headworks.core.service;

import io.headworks.core.secret.Masker;
import io.headworks.core.spec.Project;
import java.util.Set;
import java.util.TreeSet;

/** Everything of a project that must be masked. */
public final class Secrets {

    private Secrets() {}

    public static Masker masker(Project project) {
        return new Masker(of(project));
    }

    /** The values themselves. */
    public static Set<String> of(Project project) {
        TreeSet<String> secrets = new TreeSet<>(project.sensitive());
        project.connections()
                .values()
                .forEach(connection -> connection.secrets().values().forEach(secret -> secrets.add(secret.value())));
        project.alertChannels().values().forEach(channel -> {
            if (channel.url() != null) {
                secrets.add(channel.url().value());
            }
        });
        return secrets;
    }
}
