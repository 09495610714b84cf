package io.headworks.core.editor;

/** A piece of a file, half-open. */
public record Span(Position from, Position to) {}
