package io.headworks.core.spec;

import io.headworks.api.secret.Secret;
import org.jspecify.annotations.Nullable;

/** Where alerts go. The address is a secret: it often carries a token. */
public record AlertChannel(
        String name, String type, @Nullable Secret url) {}
