package io.headworks.api.diff;

/** The rows of one bucket: how many, and the sum of their hashes modulo 2^64. */
public record Bucket(int number, long rows, long hash) {}
