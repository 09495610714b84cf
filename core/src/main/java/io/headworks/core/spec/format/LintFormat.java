package io.headworks.core.spec.format;

import io.headworks.core.spec.LintRule;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import java.util.List;

/** Which rules of {@code hw lint} a project does not want. */
public final class LintFormat {
    private static final Key<List<LintRule>> OFF = Key.of(
                    "off",
                    ListKind.oneOrMore(ChoiceKind.of(List.of(LintRule.values()))),
                    "Rules that are not looked at; hw lint --rules says what each is about.")
            .mandatory()
            .like("[select-star]");

    public static final ObjectKind<List<LintRule>> KIND =
            ObjectKind.of("lint", "What hw lint leaves out.", List.of(OFF), v -> v.get(OFF));

    private LintFormat() {}
}
