package io.headworks.server.page;

import io.headworks.server.access.Role;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that pages load: these and no others. */
final class Assets {
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    private record Asset(String type, byte[] bytes) {}

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    Assets() {
        assets.put("headworks.css", asset("text/css; charset=utf-8", "headworks.css"));
        assets.put("headworks.svg", asset("image/svg+xml", "headworks.svg"));
        assets.put("htmx.js", asset("text/javascript; charset=utf-8", HTMX));
    }

    List<Route> routes() {
        return List.of(new Route(
                Verb.GET, "/assets/{name}", Role.ANYONE, Route.Answer.FILE, "asset", "", List.of(), this::answer));
    }

    private void answer(Exchange exchange) {
        Asset asset = assets.get(exchange.path("name"));
        if (asset == null) {
            throw Refusal.notFound("Cannot find " + exchange.context().path(), null);
        }
        exchange.context()
                .header("Cache-Control", "public, max-age=300")
                .contentType(asset.type())
                .result(asset.bytes());
    }

    private static Asset asset(String type, String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Cannot serve pages: " + resource + " is not on the class path");
            }
            return new Asset(type, in.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
