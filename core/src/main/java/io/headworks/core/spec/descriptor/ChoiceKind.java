package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of some words, in kebab-case. */
public final class ChoiceKind<T> implements Kind<T> {
    private final Map<String, T> words;
    private final Map<String, String> synonyms;
    private final Map<String, String> later;

    private ChoiceKind(Map<String, T> words, Map<String, String> synonyms, Map<String, String> later) {
        this.words = words;
        this.synonyms = synonyms;
        this.later = later;
    }

    /** The constants of an enum, {@code SET_NULL} as {@code set-null}. */
    public static <E extends Enum<E>> ChoiceKind<E> of(List<E> constants) {
        Map<String, E> words = new LinkedHashMap<>();
        constants.forEach(each -> words.put(spelling(each), each));
        return new ChoiceKind<>(words, Map.of(), Map.of());
    }

    public static <T> ChoiceKind<T> of(Map<String, T> words) {
        return new ChoiceKind<>(new LinkedHashMap<>(words), Map.of(), Map.of());
    }

    /** Another word for one that there is, or for one that comes later. */
    public ChoiceKind<T> synonym(String word, String meaning) {
        return new ChoiceKind<>(words, with(synonyms, word, meaning), later);
    }

    /** A word that is known and refused until {@code feature} is built. */
    public ChoiceKind<T> later(String word, String feature) {
        Map<String, T> remaining = new LinkedHashMap<>(words);
        remaining.remove(word);
        return new ChoiceKind<>(remaining, synonyms, with(later, word, feature));
    }

    public static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public @Nullable T read(Node node, Reading in) {
        String text = in.text(node, allowed());
        if (text == null) {
            return null;
        }
        String word = synonyms.getOrDefault(text, text);
        if (later.containsKey(word)) {
            in.refuse(node, "not-yet", "'" + text + "' is not built yet (" + later.get(word) + ")", null);
            return null;
        }
        T value = words.get(word);
        if (value == null) {
            in.refuse(node, "invalid-value", "'" + text + "' is not known (allowed: " + allowed() + ")", hint(text));
        }
        return value;
    }

    private @Nullable String hint(String text) {
        String kebab = Nearest.snake(text).replace('_', '-');
        if (words.containsKey(kebab)) {
            return "write " + kebab;
        }
        String nearest = Nearest.to(text, words.keySet());
        return nearest == null ? null : "did you mean '" + nearest + "'?";
    }

    private String allowed() {
        return String.join(", ", words.keySet());
    }

    @Override
    public String label() {
        return String.join(" | ", words.keySet());
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        List<Object> options = new ArrayList<>(words.keySet());
        synonyms.forEach((word, meaning) -> {
            if (words.containsKey(meaning)) {
                options.add(word);
            }
        });
        return Map.of("anyOf", List.of(Map.of("enum", options), Map.of("type", "string", "pattern", "\\$\\{")));
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
