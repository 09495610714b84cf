package io.headworks.core.editor;

/** A place between two characters: line and UTF-16 character, both from 0. */
public record Position(int line, int character) {}
