package io.headworks.core.imports.jinja;

/** The value that is none. */
public enum None {
    NONE
}
