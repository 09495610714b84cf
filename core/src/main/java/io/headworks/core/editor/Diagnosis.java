package io.headworks.core.editor;

import io.headworks.core.spec.Problem;

/** A problem of the project and the text that it is about. */
public record Diagnosis(Problem problem, Span span) {}
