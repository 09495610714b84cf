package io.headworks.core.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Replaces secret values, also URL-encoded and in Base64, by {@code ***} in texts and trees. */
public final class Masker {
    /** Shorter values would mask ordinary words. */
    private static final int SHORTEST = 4;

    private final List<String> forms;

    public Masker(Collection<String> secrets) {
        TreeSet<String> all = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                all.add(secret);
                all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
                all.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            }
        }
        forms = List.copyOf(all);
    }

    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, "***");
        }
        return masked;
    }

    /** A tree of maps, lists and scalars with every text masked. */
    public @Nullable Object maskTree(@Nullable Object tree) {
        if (forms.isEmpty() || tree == null) {
            return tree;
        } else if (tree instanceof String text) {
            return mask(text);
        } else if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> masked = new LinkedHashMap<>();
            map.forEach((key, value) -> masked.put(mask(String.valueOf(key)), maskTree(value)));
            return masked;
        } else if (tree instanceof Iterable<?> list) {
            List<@Nullable Object> masked = new ArrayList<>();
            list.forEach(element -> masked.add(maskTree(element)));
            return masked;
        }
        return tree;
    }
}
