package io.headworks.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody may do; each may do what those before it may. */
public enum Role {
    /** Not known to us. */
    ANYONE,
    /** Sees everything but tokens and the audit trail. */
    VIEWER,
    /** Starts, cancels and retries runs, closes incidents. */
    OPERATOR,
    /** Gives and takes access. */
    ADMIN;

    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The spelling of documents. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A role that can be given. */
    public static Optional<Role> of(String key) {
        return Arrays.stream(values())
                .filter(role -> role != ANYONE && role.key().equals(key))
                .findFirst();
    }

    /** The roles that can be given, for messages. */
    public static String allowed() {
        return Arrays.stream(values())
                .filter(role -> role != ANYONE)
                .map(Role::key)
                .collect(Collectors.joining(", "));
    }
}
