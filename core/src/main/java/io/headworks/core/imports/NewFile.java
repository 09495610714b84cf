package io.headworks.core.imports;

import java.nio.file.Path;

/** A file of the project that is made. */
public sealed interface NewFile {
    record Written(String text) implements NewFile {}

    /** A copy of a file as it is. */
    record Copied(Path from) implements NewFile {}
}
