package io.headworks.core.service;

import io.headworks.core.secret.Masker;
import io.headworks.core.spec.Project;
import java.util.TreeSet;

/** Everything of a project that must be masked. */
public final class Secrets {

    private Secrets() {}

    public static Masker masker(Project project) {
        TreeSet<String> secrets = new TreeSet<>(project.sensitive());
        project.connections().values().forEach(connection -> connection
                .secrets()
                .values()
                .forEach(secret -> secrets.add(secret.value())));
        return new Masker(secrets);
    }
}
