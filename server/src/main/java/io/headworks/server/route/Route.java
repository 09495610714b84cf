package io.headworks.server.route;

import io.headworks.server.access.Role;
import java.util.List;
import java.util.Locale;

/**
 * A path that answers.
 *
 * @param path as Javalin writes it, {@code {name}} for a part that varies
 * @param role what a caller needs at least
 * @param name of the operation in the OpenAPI document and in the audit trail, kebab-case
 * @param summary a sentence for readers of the API
 * @param parameters of query and body, apart from those in the path
 */
public record Route(
        Verb verb,
        String path,
        Role role,
        Answer answer,
        String name,
        String summary,
        List<Parameter> parameters,
        Handling handling) {
    public Route {
        parameters = List.copyOf(parameters);
    }

    /** How it is asked for. */
    public enum Verb {
        GET,
        POST,
        DELETE;

        /** True when it may change something. */
        public boolean changes() {
            return this != GET;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What comes back, and so how a refusal looks. */
    public enum Answer {
        /** JSON. */
        DOCUMENT,
        /** Server-sent events. */
        STREAM,
        /** HTML. */
        PAGE,
        /** What a page needs. */
        FILE;

        /** True for programs. */
        public boolean isOfApi() {
            return this == DOCUMENT || this == STREAM;
        }
    }

    /**
     * What a caller may send.
     *
     * @param place query, body or header
     * @param type string, integer, boolean, array or object
     */
    public record Parameter(String name, Place place, String type, boolean required, String description) {
        /** Where it stands. */
        public enum Place {
            QUERY,
            BODY,
            HEADER
        }

        public static Parameter query(String name, String type, String description) {
            return new Parameter(name, Place.QUERY, type, false, description);
        }

        public static Parameter body(String name, String type, boolean required, String description) {
            return new Parameter(name, Place.BODY, type, required, description);
        }

        public static Parameter header(String name, String description) {
            return new Parameter(name, Place.HEADER, "string", false, description);
        }
    }

    /** Answers a request of somebody who may ask. */
    @FunctionalInterface
    public interface Handling {
        void answer(Exchange exchange) throws Exception;
    }

    /** A document for programs. */
    public static Route document(
            Verb verb,
            String path,
            Role role,
            String name,
            String summary,
            List<Parameter> parameters,
            Handling handling) {
        return new Route(verb, path, role, Answer.DOCUMENT, name, summary, parameters, handling);
    }

    /** A page, or what a form on it does. */
    public static Route page(Verb verb, String path, Role role, String name, Handling handling) {
        return new Route(verb, path, role, Answer.PAGE, name, "", List.of(), handling);
    }
}
