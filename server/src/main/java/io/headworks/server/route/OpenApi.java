package io.headworks.server.route;

import io.headworks.server.access.Role;
import io.headworks.server.route.Route.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document of the routes that answer programs. */
public final class OpenApi {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)\\}");

    private OpenApi() {}

    public static Map<String, @Nullable Object> document(List<Route> routes, String version) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("openapi", "3.1.0");
        tree.put("info", map("title", "Headworks", "version", version));
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        routes.stream()
                .filter(route -> route.answer().isOfApi())
                .forEach(route -> paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                        .put(route.verb().key(), operation(route)));
        tree.put("paths", paths);
        tree.put(
                "components",
                map(
                        "securitySchemes",
                        map(
                                "token", map("type", "http", "scheme", "bearer"),
                                "session", map("type", "apiKey", "in", "cookie", "name", "hw_session")),
                        "schemas",
                        map("Problem", problem())));
        return tree;
    }

    private static Map<String, Object> problem() {
        return map(
                "type",
                "object",
                "required",
                List.of("type", "title", "status", "detail", "code"),
                "properties",
                map(
                        "type", map("type", "string"),
                        "title", map("type", "string"),
                        "status", map("type", "integer"),
                        "detail", map("type", "string"),
                        "code", map("type", "string"),
                        "hint", map("type", "string")));
    }

    private static Map<String, Object> operation(Route route) {
        Map<String, Object> tree = map("operationId", route.name(), "summary", route.summary());
        tree.put("description", "Needs the role " + route.role().key() + ".");
        tree.put(
                "security",
                route.role() == Role.ANYONE ? List.of() : List.of(map("token", List.of()), map("session", List.of())));
        List<Object> parameters = new ArrayList<>();
        Matcher inPath = IN_PATH.matcher(route.path());
        while (inPath.find()) {
            parameters.add(
                    map("name", inPath.group(1), "in", "path", "required", true, "schema", map("type", "string")));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Parameter each : route.parameters()) {
            if (each.place() == Parameter.Place.BODY) {
                body.put(each.name(), schema(each));
                if (each.required()) {
                    required.add(each.name());
                }
            } else {
                parameters.add(inRequest(each));
            }
        }
        tree.put("parameters", parameters);
        if (!body.isEmpty()) {
            Map<String, Object> object = map("type", "object", "additionalProperties", false, "properties", body);
            object.put("required", required);
            tree.put(
                    "requestBody",
                    map("content", map("application/json", map("schema", object)), "required", !required.isEmpty()));
        }
        tree.put("responses", responses(route));
        return tree;
    }

    private static Map<String, Object> inRequest(Parameter each) {
        return map(
                "name", each.name(),
                "in", each.place() == Parameter.Place.QUERY ? "query" : "header",
                "required", each.required(),
                "description", each.description(),
                "schema", map("type", each.type()));
    }

    private static Map<String, Object> schema(Parameter each) {
        Map<String, Object> schema = map("type", each.type(), "description", each.description());
        if (each.type().equals("array")) {
            schema.put("items", map("type", "string"));
        }
        return schema;
    }

    private static Map<String, Object> responses(Route route) {
        String type = route.answer() == Route.Answer.STREAM ? "text/event-stream" : "application/json";
        Object schema = route.answer() == Route.Answer.STREAM ? map("type", "string") : map("type", "object");
        return map(
                "2XX",
                map("description", route.summary(), "content", map(type, map("schema", schema))),
                "default",
                map(
                        "description",
                        "Why it was refused or failed (RFC 9457)",
                        "content",
                        map(ProblemDetails.TYPE, map("schema", map("$ref", "#/components/schemas/Problem")))));
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
