package io.headworks.server.page;

import java.util.Map;

/** Asks for a token. */
public final class LoginPage {

    private LoginPage() {}

    /** @param refusal why the last one was not taken; empty for the first time */
    public static String html(String refusal) {
        return Templates.render("login", Map.of("refusal", refusal));
    }
}
