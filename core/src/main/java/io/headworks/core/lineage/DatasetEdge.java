package io.headworks.core.lineage;

/** One dataset is read to write another. */
public record DatasetEdge(String from, String to) {}
