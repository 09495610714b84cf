package io.headworks.server;

import io.headworks.api.failure.HeadworksException;
import io.headworks.core.json.Json;
import io.headworks.server.page.ProblemPage;
import io.headworks.server.route.ProblemDetails;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route.Answer;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.function.Consumer;

/** Says why a request failed: to programs in a document, to people on a page. */
final class Failures {
    private static final String API = "/api/";

    private final Consumer<Exception> defects;

    Failures(Consumer<Exception> defects) {
        this.defects = defects;
    }

    void answer(Answer wanted, Exception failed, Context context) {
        Exception known = failed instanceof HttpResponseException http
                ? new Refusal(http.getStatus(), "The request is wrong", String.valueOf(http.getMessage()), null)
                : failed;
        ProblemDetails problem = ProblemDetails.of(known);
        if (!(known instanceof Refusal || known instanceof HeadworksException)) {
            defects.accept(failed);
        }
        if (wanted == Answer.PAGE && problem.status() == 401 && context.header("HX-Request") == null) {
            context.redirect("/login", HttpStatus.SEE_OTHER);
        } else {
            say(wanted.isOfApi(), problem, context);
        }
    }

    /** No route has this path. */
    void unknownPath(Context context) {
        if (context.attribute(SAID) == null) {
            String path = context.path();
            say(
                    path.startsWith(API),
                    ProblemDetails.of(Refusal.notFound("Cannot find " + path, "/api/openapi.json lists the API")),
                    context);
        }
    }

    private static final String SAID = "said";

    private static void say(boolean toPrograms, ProblemDetails problem, Context context) {
        context.attribute(SAID, true);
        context.status(problem.status());
        if (problem.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        if (toPrograms) {
            context.contentType(ProblemDetails.TYPE).result(Json.compact(problem.document()) + "\n");
        } else {
            context.contentType("text/html; charset=utf-8").result(ProblemPage.html(problem));
        }
    }
}
