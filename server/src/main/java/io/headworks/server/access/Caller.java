package io.headworks.server.access;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name of the token that opened the door
 * @param csrf what forms of this session must bring along; null for a caller that brings its token with each request
 */
public record Caller(String name, Role role, @Nullable String csrf) {
    public static final Caller UNKNOWN = new Caller("", Role.ANYONE, null);

    /** True for a browser, which sends its cookie also with requests that somebody else made up. */
    public boolean needsCsrf() {
        return csrf != null;
    }
}
