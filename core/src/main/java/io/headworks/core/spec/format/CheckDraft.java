package io.headworks.core.spec.format;

import io.headworks.api.check.Dimension;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.core.spec.yaml.Node;
import org.jspecify.annotations.Nullable;

/** A check as it is written: what is null takes a default that depends on where the check stands. */
public record CheckDraft(Rule rule, Options options, Node node, String path) {

    /** What every check may say. */
    public record Options(
            @Nullable String name,
            Severity severity,
            Threshold warnAbove,
            @Nullable Threshold failAbove,
            @Nullable String where,
            @Nullable Scope scope,
            @Nullable Dimension dimension,
            @Nullable OnFail onFail,
            @Nullable String description) {}
}
