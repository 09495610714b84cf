package io.headworks.api.diff;

import io.headworks.api.type.DataType;

/** A column of one side, with the type it has there and the form that it and its counterpart are hashed in. */
public record HashedColumn(String name, DataType type, CanonicalForm form) {}
