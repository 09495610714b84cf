package io.headworks.server.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Renders templates, which the build compiles; every value is escaped for the place it stands in. */
final class Templates {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

    private Templates() {}

    static String render(String name, Map<String, Object> values) {
        StringOutput output = new StringOutput();
        ENGINE.render(name + ".jte", values, output);
        return output.toString();
    }
}
