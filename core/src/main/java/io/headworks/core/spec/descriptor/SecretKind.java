package io.headworks.core.spec.descriptor;

import io.headworks.api.secret.Secret;
import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that is masked wherever something is printed. */
public final class SecretKind implements Kind<Secret> {
    @Override
    public @Nullable Secret read(Node node, Reading in) {
        String text = in.text(node, "a text such as \"${env:NAME}\"", true);
        if (text == null || !(node instanceof Node.Scalar scalar)) {
            return null;
        }
        in.remember(text);
        if (!Placeholders.present(scalar.text())) {
            in.problems()
                    .warning(
                            node.place(),
                            "literal-secret",
                            "Secret " + in.path() + " is written in the file",
                            "write \"${env:NAME}\" or \"${file:path}\"");
        }
        return new Secret(text);
    }

    @Override
    public String label() {
        return "secret";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("type", "string");
    }

    @Override
    public boolean isSecret() {
        return true;
    }
}
