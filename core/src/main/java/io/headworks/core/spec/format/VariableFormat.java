package io.headworks.core.spec.format;

import io.headworks.core.spec.Variable;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The declaration of a variable; its name is the key. */
public final class VariableFormat {
    private static final Key<Variable.Type> TYPE = Key.of(
                    "type", ChoiceKind.of(List.of(Variable.Type.values())), "The type of its value.")
            .byDefault(Variable.Type.TEXT, "text");
    private static final Key<String> DEFAULT = Key.of("default", Scalars.TEXT, "The value when nothing else gives one.")
            .like("IT");
    private static final Key<List<String>> ALLOWED = Key.of(
                    "allowed", ListKind.some(Scalars.TEXT), "The only values allowed.")
            .byDefault(List.of(), "all of the type")
            .like("[IT, FR, DE]");
    private static final Key<String> DESCRIPTION = Key.of("description", Scalars.TEXT, "What it is for.");
    private static final Key<Boolean> REQUIRED = Key.of(
                    "required", Scalars.BOOLEAN, "Whether an environment or --var must give a value.")
            .byDefault(false, "false");
    private static final Key<Boolean> SECRET = Key.of(
                    "secret",
                    Scalars.BOOLEAN,
                    "Whether its value is masked and kept in no record; always so for one from ${env:NAME} or ${file:path}.")
            .byDefault(false, "false");

    /** With the default as its value and no name. */
    public static final ObjectKind<Variable> KIND = ObjectKind.of(
            "variable",
            "A value that environments and --var may set.",
            List.of(TYPE, DEFAULT, ALLOWED, REQUIRED, SECRET, DESCRIPTION),
            VariableFormat::bind);

    private VariableFormat() {}

    private static @Nullable Variable bind(Values values) {
        Variable variable = new Variable(
                "",
                values.get(TYPE),
                null,
                values.get(ALLOWED),
                values.find(DESCRIPTION),
                values.get(REQUIRED),
                values.get(SECRET));
        String wrong = variable.allowed().stream()
                .filter(each -> !Variable.fits(variable.type(), each))
                .findFirst()
                .orElse(null);
        if (wrong != null) {
            values.refuse(
                    ALLOWED, "invalid-value", "'" + wrong + "' is no " + ChoiceKind.spelling(variable.type()), null);
            return null;
        }
        String usual = values.find(DEFAULT);
        if (usual != null && variable.required()) {
            values.refuse(
                    REQUIRED,
                    "conflicting-keys",
                    "there is a default, so that nothing has to give a value",
                    "take one of them out");
            return null;
        }
        String unfit = usual == null ? null : unfit(variable, usual);
        if (unfit != null) {
            values.refuse(DEFAULT, "invalid-value", unfit, null);
            return null;
        }
        Variable valued = variable.valued("", usual);
        return isHidden(values.where(DEFAULT)) ? valued.hidden() : valued;
    }

    /** True for a value that comes from where secrets are. */
    public static boolean isHidden(Node written) {
        return written instanceof Node.Scalar scalar
                && (scalar.text().contains("${env:") || scalar.text().contains("${file:"));
    }

    /** Why a variable cannot have a value; null when it can. */
    public static @Nullable String unfit(Variable variable, String value) {
        if (!Variable.fits(variable.type(), value)) {
            return "'" + value + "' is no " + ChoiceKind.spelling(variable.type());
        }
        if (!variable.allowed().isEmpty() && !variable.allowed().contains(value)) {
            return "'" + value + "' is not known (allowed: " + String.join(", ", variable.allowed()) + ")";
        }
        return null;
    }
}
