package io.headworks.core.editor;

import java.nio.file.Path;

/** A piece of a certain file. */
public record Location(Path file, Span span) {}
