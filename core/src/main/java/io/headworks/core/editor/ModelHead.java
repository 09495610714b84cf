package io.headworks.core.editor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings at the head of a model's SQL, on the lines that they have in the file. */
final class ModelHead {
    private static final Pattern HEAD =
            Pattern.compile("\\A(\\uFEFF?\\s*/\\*[ \\t]*model[ \\t]*\\R)(.*?)(\\*/|\\z)", Pattern.DOTALL);

    private ModelHead() {}

    /** Null when a model has none. */
    static @Nullable String of(String sql) {
        Matcher head = HEAD.matcher(sql);
        return head.find() ? head.group(1).replaceAll("[^\\r\\n]", "") + head.group(2) : null;
    }
}
