package io.headworks.server.route;

import io.headworks.core.json.Json;
import io.headworks.server.access.Caller;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request, who sent it, and the way to its answer. */
public record Exchange(Context context, Caller caller) {
    private static final int MOST = 500;

    public String path(String name) {
        return context.pathParam(name);
    }

    /** Null when it is not there, or empty. */
    public @Nullable String query(String name) {
        String value = context.queryParam(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** Null when it is not there, or empty. */
    public @Nullable String form(String name) {
        String value = context.formParam(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** A number of rows. */
    public int limit(int usual) {
        String value = query("limit");
        if (value == null) {
            return usual;
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException wrong) {
            throw wrongLimit(value, wrong);
        }
        throw wrongLimit(value, null);
    }

    private static Refusal wrongLimit(String value, @Nullable Throwable cause) {
        Refusal wrong = Refusal.wrong("Cannot use limit '" + value + "' (allowed: 1 to " + MOST + ")", null);
        if (cause != null) {
            wrong.addSuppressed(cause);
        }
        return wrong;
    }

    /** The body, a JSON object with no other keys than these; empty when there is none. */
    public Map<String, @Nullable Object> body(List<String> keys) {
        String text = context.body();
        if (text.isBlank()) {
            return new LinkedHashMap<>();
        }
        Map<String, @Nullable Object> body;
        try {
            body = Json.readObject(text);
        } catch (UncheckedIOException | IllegalArgumentException malformed) {
            throw Refusal.wrong("Cannot read the body: " + malformed.getMessage(), "send a JSON object");
        }
        for (String key : body.keySet()) {
            if (!keys.contains(key)) {
                throw Refusal.wrong("Cannot use key '" + key + "' (allowed: " + String.join(", ", keys) + ")", null);
            }
        }
        return body;
    }

    /** A text of the body; null when it is not there. */
    public static @Nullable String text(Map<String, @Nullable Object> body, String key) {
        Object value = body.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw Refusal.wrong("Cannot use " + key + ": it is no text", null);
    }

    /** The same where it must be there. */
    public static String required(Map<String, @Nullable Object> body, String key) {
        String value = text(body, key);
        if (value == null || value.isBlank()) {
            throw Refusal.wrong("Cannot go on without " + key, "send it in the body");
        }
        return value;
    }

    /** True only for true. */
    public static boolean flag(Map<String, @Nullable Object> body, String key) {
        Object value = body.get(key);
        if (value == null || value instanceof Boolean) {
            return Objects.equals(value, true);
        }
        throw Refusal.wrong("Cannot use " + key + ": it is neither true nor false", null);
    }

    /** Answers with a document. */
    public void document(int status, Map<String, ? extends @Nullable Object> tree) {
        context.status(status).contentType("application/json").result(Json.compact(tree) + "\n");
    }

    public void document(Map<String, ? extends @Nullable Object> tree) {
        document(200, tree);
    }

    /** Answers with a page. */
    public void page(int status, String html) {
        context.status(status).contentType("text/html; charset=utf-8").result(html);
    }

    /** Goes on with a page of ours. */
    public void goTo(String path) {
        context.redirect(path, HttpStatus.SEE_OTHER);
    }
}
