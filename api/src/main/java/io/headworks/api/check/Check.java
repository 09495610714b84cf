package io.headworks.api.check;

import org.jspecify.annotations.Nullable;

/** A rule with what is tolerated and what a failure does. {@code name} is unique within its gate. */
public record Check(
        String name,
        Rule rule,
        Severity severity,
        Threshold warnAbove,
        Threshold failAbove,
        @Nullable String where,
        Scope scope,
        Dimension dimension,
        OnFail onFail,
        @Nullable String description) {}
