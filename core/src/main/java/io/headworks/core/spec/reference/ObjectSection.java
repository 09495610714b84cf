package io.headworks.core.spec.reference;

import io.headworks.core.spec.descriptor.Described;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One object of the reference: what it is, and a table of its keys. */
final class ObjectSection {
    private ObjectSection() {}

    static String of(Described object) {
        Described.Shared shared = object.shared();
        List<Key<?>> own = shared == null
                ? object.keys()
                : object.keys().stream()
                        .filter(key -> !shared.keys().contains(key))
                        .toList();
        StringBuilder out = new StringBuilder("\n## ")
                .append(object.name())
                .append('\n')
                .append(sentence(object.description()))
                .append('\n');
        Key<?> shortFor = object.shortFor();
        if (shortFor != null) {
            out.append("\nShort form: a value that is no map stands for `")
                    .append(shortFor.name())
                    .append("`.\n");
        }
        out.append(table(own));
        Kind<?> rest = object.rest();
        if (rest != null) {
            out.append("\nAny other key is a name of your own, with a value of: ")
                    .append(escaped(rest.label()))
                    .append(".\n");
        }
        if (shared != null) {
            out.append("\nAnd the ")
                    .append(shared.title().substring(0, 1).toLowerCase(Locale.ROOT))
                    .append(shared.title().substring(1))
                    .append(".\n");
        }
        return out.append(later(own)).toString();
    }

    static String of(Described.Shared shared) {
        return "\n## " + shared.title() + "\n" + table(shared.keys());
    }

    private static String table(List<Key<?>> keys) {
        List<Key<?>> usable = keys.stream().filter(key -> key.later() == null).toList();
        if (usable.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : usable) {
            out.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(escaped(key.kind().label()))
                    .append(" | ")
                    .append(usual(key))
                    .append(" | ")
                    .append(meaning(key))
                    .append(" |\n");
        }
        return out.toString();
    }

    private static String usual(Key<?> key) {
        String text = key.defaultText();
        return key.required() ? "*required*" : text == null ? "" : escaped(text);
    }

    private static String meaning(Key<?> key) {
        List<String> parts = new ArrayList<>(List.of(escaped(sentence(key.description()))));
        if (key.example() != null) {
            parts.add("Example: `" + key.name() + ": " + escaped(key.example()) + "`.");
        }
        if (!key.accepted().isEmpty()) {
            parts.add("Also accepted: " + code(key.accepted()) + ".");
        }
        if (!key.renamed().isEmpty()) {
            parts.add("Older names: " + code(key.renamed()) + ".");
        }
        return String.join(" ", parts);
    }

    private static String later(List<Key<?>> keys) {
        String later = keys.stream()
                .filter(key -> key.later() != null)
                .map(key -> "`" + key.name() + "` (" + key.later() + ")")
                .collect(Collectors.joining(", "));
        return later.isEmpty() ? "" : "\nNot built yet: " + later + ".\n";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
