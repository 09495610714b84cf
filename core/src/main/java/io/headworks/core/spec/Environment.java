package io.headworks.core.spec;

/**
 * An environment of the project.
 *
 * @param isDefault used when none is named
 * @param guarded writing needs an approved plan, or a stated reason to force it
 */
public record Environment(String name, boolean isDefault, boolean guarded) {
    /** The environment of a project that declares none. */
    public static final Environment NONE = new Environment("default", true, false);
}
