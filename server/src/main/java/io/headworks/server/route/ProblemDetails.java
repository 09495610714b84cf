package io.headworks.server.route;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, as RFC 9457 writes it.
 *
 * @param code stable, for programs
 * @param detail what was wrong
 * @param hint what to do; null when nothing is to be said
 */
public record ProblemDetails(
        int status,
        String title,
        String code,
        String detail,
        @Nullable String hint) {
    public static final String TYPE = "application/problem+json";

    public static ProblemDetails of(Exception failed) {
        if (failed instanceof Refusal refusal) {
            return new ProblemDetails(
                    refusal.status(), refusal.title(), "refused", String.valueOf(refusal.getMessage()), refusal.hint());
        } else if (failed instanceof HeadworksException known) {
            return new ProblemDetails(
                    status(known.kind()),
                    title(known.kind()),
                    known.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    String.valueOf(known.getMessage()),
                    known.hint());
        }
        return new ProblemDetails(
                500,
                "A defect of Headworks",
                "internal",
                "Cannot answer: " + failed.getClass().getSimpleName(),
                "this is a defect of Headworks: please report it with what hw serve printed");
    }

    private static int status(FailureKind kind) {
        return switch (kind) {
            case PROJECT, APPROVAL, HELD, GATE, SCHEMA_CHANGE, POSITION_LOST -> 409;
            case SOURCE_UNREACHABLE, TARGET_UNREACHABLE, RESOURCES, CANCELLED -> 503;
            case RUN, INTERNAL -> 500;
        };
    }

    private static String title(FailureKind kind) {
        return switch (kind) {
            case PROJECT -> "That cannot be done as things stand";
            case APPROVAL -> "Approval is needed";
            case HELD -> "Somebody else holds it";
            case RESOURCES, SOURCE_UNREACHABLE, TARGET_UNREACHABLE -> "Something that is needed is not there";
            default -> "That went wrong";
        };
    }

    /** The document. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("type", "about:blank");
        tree.put("title", title);
        tree.put("status", status);
        tree.put("detail", detail);
        tree.put("code", code);
        if (hint != null) {
            tree.put("hint", hint);
        }
        return tree;
    }
}
