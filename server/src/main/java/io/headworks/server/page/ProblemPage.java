package io.headworks.server.page;

import io.headworks.server.route.ProblemDetails;
import java.util.Map;

/** Says why a page cannot be shown. */
public final class ProblemPage {

    private ProblemPage() {}

    public static String html(ProblemDetails problem) {
        return Templates.render("problem", Map.of("problem", problem));
    }
}
