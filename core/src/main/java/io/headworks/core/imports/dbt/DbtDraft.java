package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Draft;
import io.headworks.core.imports.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dbt project, to be written as one of ours. */
public final class DbtDraft implements Draft {
    private final Path folder;
    private final @Nullable Path profiles;
    private final String id;

    /**
     * @param profiles the folder of profiles.yml; null for the project's own
     * @param id the UUID of the project that is made
     */
    public DbtDraft(Path folder, @Nullable Path profiles, String id) {
        this.folder = folder;
        this.profiles = profiles;
        this.id = id;
    }

    @Override
    public String name() {
        return DbtFolder.in(folder, new ArrayList<>()).name();
    }

    /** Everything is read anew: what is refused changes what others can name. */
    @Override
    public Rewritten project(Map<String, String> refused) {
        ArrayList<Finding> findings = new ArrayList<>();
        DbtFolder project = DbtFolder.in(folder, findings);
        return new DbtRewriting(project, DbtProfile.of(project, profiles, findings), id, refused, findings).all();
    }
}
